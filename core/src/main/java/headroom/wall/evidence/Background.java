package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.SMALLEST_LOAD_RANGE;
import static headroom.wall.belief.Demands.BACKGROUND_DEVIATION;
import static headroom.wall.belief.Demands.BACKGROUND_OF_PROCESSOR;
import static headroom.wall.belief.Demands.BACKGROUND_OF_PROCESSOR_DEVIATION;
import static headroom.wall.belief.Demands.FEWEST_IDLE_ROWS;
import static headroom.wall.belief.Demands.IDLE_ERROR;
import static headroom.wall.belief.Demands.IDLE_LOAD;
import static headroom.wall.belief.Demands.MOST_BACKGROUND;
import static headroom.wall.belief.Demands.MOST_BACKGROUND_DEVIATION;
import static headroom.wall.belief.Demands.NOISE_OF_SERVERS;
import static headroom.wall.belief.Widths.HIGH_LOAD;
import static headroom.wall.belief.Widths.LOW_LOAD;

import headroom.model.Discipline;
import headroom.stats.Quantiles;
import headroom.wall.evidence.StationUse.Sample;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How many servers are busy without any traffic, as far as is known before use is held against the
 * load: seen while nothing arrived, else believed.
 *
 * @param how it is known
 */
record Background(double busy, double deviation, How how) {
  /** How it is known. */
  enum How {
    SEEN_IDLE("as seen while nothing arrived"),
    BY_LOAD("as use rises with the load"),
    BELIEVED("which is believed, not seen: it was never idle and its load varied little");

    private final String words;

    How(String words) {
      this.words = words;
    }
  }

  /**
   * That of a station.
   *
   * @param load requests per second in these rows
   * @param mean use over all rows
   */
  static Background of(
      StationUse use, List<Sample> rows, double[] load, double peak, double mean, double servers) {
    if (use.discipline() != Discipline.SHARE) {
      return new Background(
          0,
          Math.min(BACKGROUND_DEVIATION * servers, MOST_BACKGROUND_DEVIATION * mean) + 1e-9,
          How.BELIEVED);
    }
    double[] idle =
        IntStream.range(0, load.length)
            .filter(i -> load[i] <= IDLE_LOAD * peak)
            .mapToDouble(i -> rows.get(i).busy())
            .toArray();
    if (idle.length < FEWEST_IDLE_ROWS) {
      return new Background(
          Math.min(BACKGROUND_OF_PROCESSOR * servers, MOST_BACKGROUND * mean),
          BACKGROUND_OF_PROCESSOR_DEVIATION * servers,
          varied(load) ? How.BY_LOAD : How.BELIEVED);
    }
    double level = Quantiles.median(idle);
    double error = Quantiles.robustSigma(idle) / Math.sqrt(idle.length);
    return new Background(
        level,
        Math.hypot(Math.hypot(error, IDLE_ERROR * level), NOISE_OF_SERVERS * servers),
        How.SEEN_IDLE);
  }

  private static boolean varied(double[] load) {
    return load.length > 0
        && Quantiles.of(load, HIGH_LOAD) > SMALLEST_LOAD_RANGE * Quantiles.of(load, LOW_LOAD);
  }

  /**
   * How it is known, in words.
   *
   * @param learnt what it was found to be
   */
  String told(double learnt) {
    return String.format(
        Locale.ROOT, "%.3f cores are busy without traffic, %s", Math.max(0, learnt), how.words);
  }
}
