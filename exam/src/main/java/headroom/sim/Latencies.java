package headroom.sim;

import java.util.Arrays;

/** Response times of finished requests, and which of them failed or took too long. */
final class Latencies implements Observer {
  private final double limitSeconds;
  private double[] values = new double[1_024];
  private int count;
  private int bad;

  /**
   * @param limitSeconds what takes longer counts as bad
   */
  Latencies(double limitSeconds) {
    this.limitSeconds = limitSeconds;
  }

  void clear() {
    count = 0;
    bad = 0;
  }

  int count() {
    return count;
  }

  /** Share of requests that failed or took too long. */
  double badShare() {
    return count == 0 ? 0 : (double) bad / count;
  }

  int bad() {
    return bad;
  }

  @Override
  public void finished(int operation, int replica, double arrived, double seconds, boolean failed) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    double took = failed ? Double.MAX_VALUE : seconds;
    values[count++] = took;
    if (took > limitSeconds) {
      bad++;
    }
  }
}
