package headroom.score;

import headroom.forecast.DailyPeaks;
import headroom.forecast.TrafficForecast;
import headroom.wall.Estimate;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The forecast of a published series beside what came, as the M4 competition scores it.
 *
 * <p>Source: S. Makridakis, E. Spiliotis, V. Assimakopoulos, The M4 Competition: 100,000 time
 * series and 61 forecasting methods, International Journal of Forecasting 36 (2020).
 *
 * @param mase mean absolute error over that of forecasting each value of the history by the one
 *     before
 * @param naiveMase the same when the last value is the forecast
 * @param msis mean width of the 95 % intervals with what lies outside punished, over the same
 * @param days forecast
 * @param covered of these, those within their 95 % interval
 */
public record SeriesForecast(double mase, double naiveMase, double msis, int days, int covered) {
  private static final double COVERAGE = 0.95;

  /** What the product keeps: thirteen months. */
  private static final int LONGEST = 400;

  private static final int HOURS = 24;
  private static final LocalDate SOME_DAY = LocalDate.ofEpochDay(0);

  /**
   * Forecasts a series of days.
   *
   * @return empty when its history is too short, never changes, or is not positive everywhere
   */
  public static Optional<SeriesForecast> ofDays(double[] history, double[] actual, long seed) {
    double scale = scale(history);
    boolean positive = Arrays.stream(history).allMatch(value -> value > 0);
    if (!positive || !(scale > 0) || actual.length == 0) {
      return Optional.empty();
    }
    double[] kept =
        Arrays.copyOfRange(history, Math.max(0, history.length - LONGEST), history.length);
    return TrafficForecast.days(
            new DailyPeaks(SOME_DAY, kept), actual.length, COVERAGE, new SplittableRandom(seed))
        .map(said -> scored(said, history[history.length - 1], actual, scale));
  }

  /** The same of the daily peaks of a series of hours; hours themselves are not forecast. */
  public static Optional<SeriesForecast> ofHours(double[] history, double[] actual, long seed) {
    int hours = history.length / HOURS * HOURS;
    return ofDays(
        peaks(Arrays.copyOfRange(history, history.length - hours, history.length)),
        peaks(actual),
        seed);
  }

  private static double[] peaks(double[] hours) {
    return DailyPeaks.ofHours(SOME_DAY, hours).perSecond();
  }

  private static double scale(double[] history) {
    double sum = 0;
    for (int i = 1; i < history.length; i++) {
      sum += Math.abs(history[i] - history[i - 1]);
    }
    return history.length < 2 ? 0 : sum / (history.length - 1);
  }

  private static SeriesForecast scored(
      List<Estimate> said, double last, double[] actual, double scale) {
    double off = 0;
    double naive = 0;
    double interval = 0;
    int covered = 0;
    for (int i = 0; i < actual.length; i++) {
      Estimate one = said.get(i);
      off += Math.abs(one.median() - actual[i]);
      naive += Math.abs(last - actual[i]);
      double outside = Math.max(0, Math.max(one.low() - actual[i], actual[i] - one.high()));
      interval += one.high() - one.low() + 2 / (1 - COVERAGE) * outside;
      covered += one.contains(actual[i]) ? 1 : 0;
    }
    double each = scale * actual.length;
    return new SeriesForecast(off / each, naive / each, interval / each, actual.length, covered);
  }

  /** Sums up the forecasts of a file. */
  public static final class Score {
    private final String name;
    private int series;
    private int passedOver;
    private double mase;
    private double naiveMase;
    private double msis;
    private long days;
    private long covered;
    private double seconds;

    public Score(String name) {
      this.name = name;
    }

    /**
     * Adds one.
     *
     * @param took seconds
     */
    public void add(Optional<SeriesForecast> forecast, double took) {
      if (forecast.isEmpty()) {
        passedOver++;
        return;
      }
      SeriesForecast one = forecast.get();
      series++;
      mase += one.mase;
      naiveMase += one.naiveMase;
      msis += one.msis;
      days += one.days;
      covered += one.covered;
      seconds += took;
    }

    String name() {
      return name;
    }

    int series() {
      return series;
    }

    int passedOver() {
      return passedOver;
    }

    double mase() {
      return mase / series;
    }

    double naiveMase() {
      return naiveMase / series;
    }

    double msis() {
      return msis / series;
    }

    double coverage95() {
      return (double) covered / days;
    }

    double millis() {
      return 1e3 * seconds / series;
    }
  }
}
