package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.DOUBT_OF_BURSTS;
import static headroom.wall.belief.Arrivals.FEWEST_IN_WINDOW;
import static headroom.wall.belief.Arrivals.FEWEST_WIDE_WINDOWS;
import static headroom.wall.belief.Arrivals.FEWEST_WINDOWS;
import static headroom.wall.belief.Arrivals.KEPT_DIFFERENCES;
import static headroom.wall.belief.Arrivals.LARGEST_WANDERING;
import static headroom.wall.belief.Arrivals.LONGEST_BURST_WINDOWS;
import static headroom.wall.belief.Arrivals.MEAN_OF_KEPT;
import static headroom.wall.belief.Arrivals.MOST_DISPERSION;
import static headroom.wall.belief.Arrivals.SHORTEST_BURST_SECONDS;
import static headroom.wall.belief.Arrivals.TIDE;

import headroom.queueing.Modulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How much more unevenly requests arrive than independent users make them.
 *
 * <p>The index of dispersion I = Var[N] / E[N] of the arrivals N in a window is 1 for a Poisson
 * process. The tide is taken out by comparing each window with its neighbours, e = n_i − (n_{i−1} +
 * n_{i+1}) / 2 with Var[e] = 1.5 I E[N]; the largest fifth of e² is left out, so that neither gaps
 * nor steps of the traffic count.
 *
 * <p>A rate that wanders by σ with the correlation e^(−t/τ) ({@link Modulation}) makes I − 1 grow
 * with the window w, and stop growing where that is long against τ. So I is taken for windows of
 * one, two and four; each τ of a grid, all equally likely before in logarithms, is judged by how
 * well its best σ² fits them. Of bursts that are much shorter than a window only σ² τ is known; σ
 * and τ then differ from world to world.
 */
public final class Bursts {
  private static final int[] WIDTHS = {1, 2, 4};

  private static final double STEP = Math.sqrt(2);

  private final List<Modulation> possible = new ArrayList<>();
  private final List<Double> likelihood = new ArrayList<>();

  private Bursts() {}

  /** What a history tells of them. */
  public static Bursts of(Traffic traffic) {
    var bursts = new Bursts();
    if (excess(traffic) == 0) {
      return bursts;
    }
    double w = traffic.windowSeconds();
    double perSecond = traffic.perSecond(0, traffic.windows());
    double last = Math.log(LONGEST_BURST_WINDOWS * w / SHORTEST_BURST_SECONDS) / Math.log(STEP);
    for (int j = 0; j <= last; j++) {
      double tau = SHORTEST_BURST_SECONDS * Math.pow(STEP, j);
      var unit = new Modulation(1, tau);
      double both = 0;
      double squares = 0;
      double own = 0;
      for (int width : WIDTHS) {
        double[] measured = index(traffic.totals(), width);
        if (measured.length == 0) {
          continue;
        }
        double span = width * w;
        double shape = perSecond * differences(unit, span) / (1.5 * span);
        double error = measured[0] * measured[1] + TIDE * (width - 1);
        double excess = (measured[0] - 1) / error;
        both += excess * shape / error;
        squares += shape / error * shape / error;
        own += excess * excess;
      }
      double variance = Math.max(0, both / squares);
      double misfit = own - 2 * variance * both + variance * variance * squares;
      double sigma = Math.sqrt(variance);
      if (sigma > 0 && sigma < LARGEST_WANDERING) {
        bursts.possible.add(new Modulation(sigma, tau));
        bursts.likelihood.add(Math.exp(-0.5 * Math.min(100, misfit)));
      }
    }
    return bursts;
  }

  /** Var[e] of a rate that wanders, over λ²: from the variances of one, two and three windows. */
  private static double differences(Modulation rate, double span) {
    double one = rate.variance(span);
    double two = rate.variance(2 * span);
    double three = rate.variance(3 * span);
    double next = 0.5 * (two - 2 * one);
    double afterNext = 0.5 * (three - 2 * two + one);
    return 1.5 * one - 2 * next + 0.5 * afterNext;
  }

  boolean isEmpty() {
    return possible.isEmpty();
  }

  /** The one in the middle of what is possible. */
  public Modulation central() {
    return at(0.5);
  }

  public Modulation draw(RandomGenerator random) {
    return at(random.nextDouble());
  }

  private Modulation at(double share) {
    double all = likelihood.stream().mapToDouble(one -> one).sum();
    double below = 0;
    for (int j = 0; j < possible.size(); j++) {
      below += likelihood.get(j);
      if (below >= share * all) {
        return possible.get(j);
      }
    }
    return Modulation.NONE;
  }

  /**
   * I − 1 at the mean rate; 0 when arrivals may be independent, and for short histories, which
   * cannot tell.
   */
  public static double excess(Traffic traffic) {
    double[] measured = index(traffic.totals(), 1);
    return measured.length > 0 && measured[0] > 1 + DOUBT_OF_BURSTS * measured[1]
        ? Math.min(MOST_DISPERSION, measured[0] - 1)
        : 0;
  }

  /** I of windows so many times as wide, and its relative error; empty where there are too few. */
  private static double[] index(double[] totals, int width) {
    double[] n = new double[totals.length / width];
    for (int i = 0; i < n.length * width; i++) {
      n[i / width] += totals[i];
    }
    double[] squares =
        IntStream.range(2, n.length - 2)
            .filter(i -> near(n, i) >= FEWEST_IN_WINDOW)
            .mapToDouble(i -> {
              double away = n[i] - 0.5 * (n[i - 1] + n[i + 1]);
              return away * away / (1.5 * near(n, i));
            })
            .sorted()
            .toArray();
    if (squares.length < (width == 1 ? FEWEST_WINDOWS : FEWEST_WIDE_WINDOWS)) {
      return new double[0];
    }
    int kept = (int) (KEPT_DIFFERENCES * squares.length);
    double index = Arrays.stream(squares, 0, kept).average().orElse(0) / MEAN_OF_KEPT;
    return new double[] {index, 2 / Math.sqrt(squares.length)};
  }

  private static double near(double[] n, int i) {
    return (n[i - 1] + n[i] + n[i + 1]) / 3;
  }
}
