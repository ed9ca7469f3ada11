package headroom.benchmarks;

import headroom.drift.DriftAnalysis;
import headroom.drift.HourlyHistory;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.sim.weeks.Weeks;
import headroom.sim.weeks.WeeksSystem;
import headroom.store.Series;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes to judge 2,000 series of latency over 28 days, with the statements, caches and
 * processors that may explain them, and in how much memory: {@code java -Xmx1g
 * -XX:ActiveProcessorCount=2 -cp benchmarks/target/benchmarks.jar
 * headroom.benchmarks.DriftOverWeeks}.
 */
public final class DriftOverWeeks {
  private static final int JUDGED = 2_000;

  private DriftOverWeeks() {}

  public static void main(String[] arguments) {
    var hours = new HourlyHistory();
    long generated = 0;
    int[] judged = {0};
    int[] taken = {0};
    long reading = 0;
    for (int fleet = 0; judged[0] < JUDGED; fleet++) {
      long before = System.nanoTime();
      Weeks weeks = Weeks.of(WeeksSystem.usual(4, 0.01, 0.4), fleet);
      String name = "-" + fleet;
      long[] inside = {0};
      weeks.series(series -> {
        long start = System.nanoTime();
        Measure measure = series.key().measure();
        if (HourlyHistory.MEASURES.contains(measure)) {
          hours.accept(renamed(series, name));
          taken[0]++;
          judged[0] += measure == Measure.OPERATION || measure == Measure.ACTION ? 1 : 0;
        }
        inside[0] += System.nanoTime() - start;
      });
      reading += inside[0];
      generated += System.nanoTime() - before - inside[0];
    }
    long before = System.nanoTime();
    int found = DriftAnalysis.of(hours).size();
    long analysed = System.nanoTime() - before;
    System.out.printf(
        "%d series of 28 days by the hour, %d of them judged: %d ms to generate, %d ms to reduce, %d ms to analyse,"
            + " %d findings, at most %d MB%n",
        taken[0],
        judged[0],
        TimeUnit.NANOSECONDS.toMillis(generated),
        TimeUnit.NANOSECONDS.toMillis(reading),
        TimeUnit.NANOSECONDS.toMillis(analysed),
        found,
        Runtime.getRuntime().totalMemory() >> 20);
  }

  /** Each fleet is one of its own. */
  private static Series renamed(Series series, String suffix) {
    SeriesKey key = series.key();
    return new Series(
        new SeriesKey(
            key.measure(), key.service() + suffix, key.instance(), key.subject(), key.detail()),
        series.windows());
  }
}
