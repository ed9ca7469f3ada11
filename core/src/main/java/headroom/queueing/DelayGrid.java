package headroom.queueing;

import java.util.Arrays;

/**
 * A distribution of response times up to a limit, on equal cells of time; what lies beyond the
 * limit is only a share. Delays are added by convolution.
 *
 * <pre>
 *   0          limit
 *   |▂▇▅▃▁▁▁▁▁▁|→ beyond
 * </pre>
 */
public final class DelayGrid {
  private final double cellSeconds;
  private final double[] shares;
  private double total;

  /** An empty distribution over {@code cells} cells from 0 to {@code limitSeconds}. */
  public DelayGrid(double limitSeconds, int cells) {
    if (!(limitSeconds > 0) || cells < 1) {
      throw new IllegalArgumentException(
          "limitSeconds > 0 and cells >= 1 are needed, got %s and %d"
              .formatted(limitSeconds, cells));
    }
    this.cellSeconds = limitSeconds / cells;
    this.shares = new double[cells];
  }

  public void clear() {
    Arrays.fill(shares, 0);
    total = 0;
  }

  /** Adds {@code share} of all responses at this time, split between the two nearest cells. */
  public void add(double seconds, double share) {
    total += share;
    double position = seconds / cellSeconds;
    int cell = (int) position;
    double upper = position - cell;
    if (cell < shares.length) {
      shares[cell] += share * (1 - upper);
      if (cell + 1 < shares.length) {
        shares[cell + 1] += share * upper;
      }
    }
  }

  /** Makes a share {@code visiting} of the responses wait, each independently. */
  public void delay(Waiting waiting, double visiting) {
    if (!(visiting >= 0 && visiting <= 1)) {
      throw new IllegalArgumentException("visiting must be within 0..1, got " + visiting);
    }
    double delayed = visiting * waiting.probability();
    if (delayed == 0) {
      return;
    }
    double stay = stay(waiting);
    double carried = 0;
    for (int i = 0; i < shares.length; i++) {
      carried = carried * stay + shares[i] * (1 - stay);
      shares[i] = (1 - delayed) * shares[i] + delayed * carried;
    }
  }

  /** Takes such a delay out again: the exact inverse of {@link #delay}. */
  public void undelay(Waiting waiting, double visiting) {
    double delayed = visiting * waiting.probability();
    if (delayed == 0) {
      return;
    }
    double stay = stay(waiting);
    double carried = 0;
    for (int i = 0; i < shares.length; i++) {
      double before = (shares[i] - delayed * stay * carried) / (1 - delayed * stay);
      carried = carried * stay + before * (1 - stay);
      shares[i] = before;
    }
  }

  /** An exponential wait on cells is geometric; its mean on the grid is made exact. */
  private double stay(Waiting waiting) {
    double meanCells = 1 / (waiting.decayPerSecond() * cellSeconds);
    return meanCells / (1 + meanCells);
  }

  /** Loses a share of the responses: they take for ever. */
  public void lose(double share) {
    for (int i = 0; i < shares.length; i++) {
      shares[i] *= 1 - share;
    }
  }

  /** The share of responses beyond the limit; 0 when there are none. */
  public double beyond() {
    return total == 0 ? 0 : Math.max(0, 1 - Arrays.stream(shares).sum() / total);
  }
}
