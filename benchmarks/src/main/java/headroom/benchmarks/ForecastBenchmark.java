package headroom.benchmarks;

import headroom.forecast.DailyPeaks;
import headroom.forecast.GrowthPlan;
import headroom.forecast.Passage;
import headroom.forecast.TrafficForecast;
import headroom.wall.Estimate;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one forecast and the date of one wall, from daily peaks, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForecastBenchmark {
  @Param({"35", "180", "400"})
  private int days;

  /** Growth, a week, noise and a change of regime: what makes the search look everywhere. */
  private DailyPeaks peaks() {
    var random = new SplittableRandom(7);
    double[] perSecond = new double[days];
    for (int day = 0; day < days; day++) {
      double growth = 0.004 * day + (day > days / 2 ? 0.3 : 0);
      double week = day % 7 >= 5 ? 0.6 : 1;
      perSecond[day] = 100 * Math.exp(growth + 0.04 * random.nextGaussian()) * week;
    }
    return new DailyPeaks(LocalDate.of(2025, 1, 6), perSecond);
  }

  @Benchmark
  public Passage forecast() {
    DailyPeaks peaks = peaks();
    double peak = peaks.perSecond()[days - 3];
    return TrafficForecast.of(
            peaks, peak, peaks.last().plusDays(1), GrowthPlan.NONE, new SplittableRandom(1))
        .orElseThrow()
        .reach(new Estimate(1.4, 1.5, 1.65, 0.9), peak);
  }
}
