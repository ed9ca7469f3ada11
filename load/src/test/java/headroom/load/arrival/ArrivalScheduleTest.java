package headroom.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.plan.RateSegment;
import headroom.plan.RateSegment.Growth;
import headroom.plan.RateSegment.Ramp;
import headroom.plan.RateSegment.Sine;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Spacing;
import headroom.testkit.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {
  private static final int MOST_ARRIVALS = 20_000;

  @Test
  void aSteadyScheduleHoldsExactlyRateTimesDuration() {
    List<Long> starts = starts(ArrivalSchedule.uniform(new Steady(1_000, 10)));
    assertThat(starts).hasSize(10_000);
    assertThat(starts.getFirst()).isEqualTo(500_000);
    assertThat(starts.getLast()).isEqualTo(9_999_500_000L);
  }

  @Test
  void aRampToZeroEndsWithGapsThatGrowAndNoBurst() {
    List<Long> starts = starts(ArrivalSchedule.uniform(new Ramp(100, 0, 10)));
    assertThat(starts).hasSize(500);
    for (int i = 2; i < starts.size(); i++) {
      long gap = starts.get(i) - starts.get(i - 1);
      assertThat(gap).isGreaterThan(starts.get(i - 1) - starts.get(i - 2) - 2);
    }
    assertThat(starts.getLast()).isLessThan(10_000_000_000L);
  }

  @Test
  void aRampFromZeroToZeroHasNoArrivals() {
    assertThat(starts(ArrivalSchedule.uniform(new Ramp(0, 0, 10)))).isEmpty();
  }

  @Test
  void aPauseIsSilentAndShiftsWhatFollows() {
    assertThat(
            starts(ArrivalSchedule.uniform(new Steady(1, 2), new Steady(0, 5.5), new Steady(1, 2))))
        .containsExactly(500_000_000L, 1_500_000_000L, 8_000_000_000L, 9_000_000_000L);
  }

  @Test
  void fractionalRatesCarryOverSegments() {
    // 0.3 + 0.3 + 0.3 + 0.3: halfway through the second segment's share, 0.5 is reached.
    var third = new Steady(0.1, 3);
    assertThat(starts(ArrivalSchedule.uniform(third, third, third, third)))
        .containsExactly(5_000_000_000L);
  }

  @Test
  void anAppendedSegmentGoesOnWhereTheLastEnded() {
    var whole = new ArrayList<Long>();
    var cursor = ArrivalSchedule.uniform(new Steady(1.7, 10)).cursor();
    drain(cursor, whole);
    assertThat(cursor.endSeconds()).isEqualTo(10);
    cursor.append(new Steady(1.7, 10));
    drain(cursor, whole);
    assertThat(whole).isEqualTo(starts(ArrivalSchedule.uniform(new Steady(1.7, 20))));
  }

  @Test
  void startsNeverFallAndStayInside() {
    ForAll.cases(2_000)
        .check(
            ArrivalScheduleTest::anySchedule,
            schedule -> {
              long end = Math.round(schedule.seconds() * 1e9) + 1;
              long before = 0;
              for (long start : starts(schedule)) {
                assertThat(start).isBetween(before, end);
                before = start;
              }
            });
  }

  @Test
  void theCountIsTheIntegralAtEveryArrival() {
    ForAll.cases(2_000)
        .check(
            random -> uniform(anySegments(random)),
            schedule -> {
              List<Long> starts = starts(schedule);
              assertThat((double) starts.size()).isCloseTo(schedule.arrivals(), within(0.501));
              double mostPerNano = maxRate(schedule) * 1e-9;
              for (int i = 0; i < starts.size(); i++) {
                double expected = schedule.arrivalsUntil(starts.get(i) / 1e9);
                assertThat(expected).isCloseTo(i + 0.5, within(1e-6 + 2 * mostPerNano));
              }
            });
  }

  @Test
  void noTwoUniformArrivalsAreCloserThanTheHighestRateAllows() {
    ForAll.cases(2_000)
        .check(
            random -> uniform(anySegments(random)),
            schedule -> {
              double least = 1e9 / maxRate(schedule) * (1 - 1e-6) - 2;
              List<Long> starts = starts(schedule);
              for (int i = 1; i < starts.size(); i++) {
                assertThat((double) (starts.get(i) - starts.get(i - 1)))
                    .isGreaterThanOrEqualTo(least);
              }
            });
  }

  @Test
  void noGapOfAUniformScheduleHoldsMoreThanOneArrival() {
    ForAll.cases(1_000)
        .check(
            random -> uniform(anySegments(random)),
            schedule -> {
              double slack = 1e-6 + 4e-9 * maxRate(schedule);
              double before = 0;
              for (long start : starts(schedule)) {
                double now = schedule.arrivalsUntil(start / 1e9);
                assertThat(now - before).isLessThanOrEqualTo(1 + slack);
                before = now;
              }
              assertThat(schedule.arrivals() - before).isLessThanOrEqualTo(1 + slack);
            });
  }

  @Test
  void aPoissonScheduleIsReproducibleAndHasTheRightMean() {
    ForAll.cases(300)
        .check(
            random -> new ArrivalSchedule(anySegments(random), Spacing.POISSON, random.nextLong()),
            schedule -> {
              List<Long> starts = starts(schedule);
              assertThat(starts).isEqualTo(starts(schedule));
              double mean = schedule.arrivals();
              assertThat((double) starts.size()).isCloseTo(mean, within(6 * Math.sqrt(mean) + 6));
            });
  }

  @Test
  void poissonGapsVaryAsMuchAsTheirMean() {
    List<Long> starts = starts(ArrivalSchedule.poisson(7, new Steady(1_000, 50)));
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < starts.size(); i++) {
      double gap = (starts.get(i) - starts.get(i - 1)) * 1e-6;
      sum += gap;
      squares += gap * gap;
    }
    int n = starts.size() - 1;
    double mean = sum / n;
    double variation = Math.sqrt(squares / n - mean * mean) / mean;
    assertThat(mean).isCloseTo(1, within(0.03));
    assertThat(variation).isCloseTo(1, within(0.03));
  }

  @Test
  void everySegmentInvertsItself() {
    ForAll.cases(5_000)
        .check(
            random -> new Point(anySegment(random), random.nextDouble()),
            point -> {
              RateSegment segment = point.segment;
              double arrivals = segment.arrivals() * point.share;
              double time = segment.timeOf(arrivals);
              assertThat(time).isBetween(0.0, segment.seconds());
              assertThat(segment.arrivalsUntil(time))
                  .isCloseTo(arrivals, within(1e-9 * (1 + segment.arrivals())));
            });
  }

  @Test
  void aSoakOfHoursDoesNotDrift() {
    var schedule = ArrivalSchedule.uniform(new Steady(7.3, 6 * 3_600), new Ramp(7.3, 0, 600));
    List<Long> starts = starts(schedule);
    assertThat(starts).hasSize((int) Math.floor(7.3 * 6 * 3_600 + 7.3 * 300 + 0.5));
    assertThat(starts.get(100_000)).isCloseTo(Math.round(100_000.5 / 7.3 * 1e9), within(5L));
  }

  @Test
  void stepsAndSpikesAreSequencesOfSteadyLoad() {
    assertThat(RateSegment.steps(10, 30, 3, 5))
        .containsExactly(new Steady(10, 5), new Steady(20, 5), new Steady(30, 5));
    assertThat(RateSegment.spike(1, 9, 2, 3, 4))
        .containsExactly(new Steady(1, 2), new Steady(9, 3), new Steady(1, 4));
  }

  @Test
  void impossibleRatesAreRefusedWithNameAndValue() {
    assertThatThrownBy(() -> new Steady(-1, 5))
        .hasMessageContaining("ratePerSecond")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new Ramp(0, Double.NaN, 5)).hasMessageContaining("toPerSecond");
    assertThatThrownBy(() -> new Steady(1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("seconds");
    assertThatThrownBy(() -> new Growth(0, 5, 5)).hasMessageContaining("> 0");
    assertThatThrownBy(() -> new Sine(5, 6, 10, 10)).hasMessageContaining("<= meanPerSecond");
  }

  private static List<Long> starts(ArrivalSchedule schedule) {
    var starts = new ArrayList<Long>();
    drain(schedule.cursor(), starts);
    return starts;
  }

  private static void drain(ArrivalCursor cursor, List<Long> into) {
    for (long next = cursor.nextNanos(); next != ArrivalCursor.END; next = cursor.nextNanos()) {
      into.add(next);
    }
  }

  private static double maxRate(ArrivalSchedule schedule) {
    return schedule.segments().stream().mapToDouble(RateSegment::maxRatePerSecond).max().orElse(0);
  }

  private static ArrivalSchedule uniform(List<RateSegment> segments) {
    return new ArrivalSchedule(segments, Spacing.UNIFORM, 0);
  }

  private static ArrivalSchedule anySchedule(RandomGenerator random) {
    Spacing spacing = random.nextBoolean() ? Spacing.UNIFORM : Spacing.POISSON;
    return new ArrivalSchedule(anySegments(random), spacing, random.nextLong());
  }

  private static List<RateSegment> anySegments(RandomGenerator random) {
    var segments = new ArrayList<RateSegment>();
    int count = 1 + random.nextInt(6);
    double room = 2_000;
    for (int i = 0; i < count; i++) {
      RateSegment segment = anySegment(random);
      if (segment.arrivals() < room) {
        room -= segment.arrivals();
        segments.add(segment);
      }
    }
    return segments;
  }

  /** Short, long, slow, fast, zero, fractional and extreme, with few enough arrivals to walk. */
  private static RateSegment anySegment(RandomGenerator random) {
    double seconds = Math.pow(10, random.nextDouble(-3, 5));
    double most = Math.min(1e6, MOST_ARRIVALS / seconds) * Math.pow(10, -random.nextDouble(0, 4));
    double from = random.nextInt(4) == 0 ? 0 : random.nextDouble() * most;
    double to = random.nextInt(4) == 0 ? 0 : random.nextDouble() * most;
    return switch (random.nextInt(5)) {
      case 0 -> new Steady(from, seconds);
      case 1 -> new Ramp(from, to, seconds);
      case 2 -> new Ramp(from, from * (1 + 1e-12 * random.nextDouble()), seconds);
      case 3 ->
          new Sine(
              Math.max(from, to),
              random.nextBoolean() ? Math.max(from, to) : Math.min(from, to),
              seconds * random.nextDouble(0.01, 3),
              seconds);
      default -> new Growth(from + most * 1e-6, to + most * 1e-6, seconds);
    };
  }

  private record Point(RateSegment segment, double share) {}
}
