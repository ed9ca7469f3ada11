package headroom.load.report;

import headroom.load.report.Section.Chart;
import headroom.load.report.Section.Curve;
import headroom.load.report.Section.Grid;
import headroom.load.report.Section.Point;
import headroom.load.study.StudyResult;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.capacity.Plateau;
import headroom.load.study.capacity.Scalability;
import headroom.load.study.capacity.Stationarity;
import headroom.plan.quantity.Amounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How a capacity search is told. */
final class CapacitySection {
  private static final int CURVE_POINTS = 60;

  private CapacitySection() {}

  static Section of(StudyResult.Capacity capacity) {
    CapacityResult found = capacity.found();
    var lines = new ArrayList<String>();
    capacity
        .asked()
        .requiredPerSecond()
        .ifPresent(required -> lines.add("required: at least " + Amounts.rate(required)));
    lines.add(
        found.kneePerSecond().isPresent()
            ? "knee at %s: from there response time rises faster than load"
                .formatted(Amounts.rate(found.kneePerSecond().getAsDouble()))
            : "no knee: response time did not rise faster than load");
    found
        .scalability()
        .ifPresentOrElse(
            law -> scalability(law, lines),
            () -> lines.add("fewer than four plateaus were usable: no scalability law"));
    return new Section(
        "capacity",
        capacity.hasPassed(),
        verdict(found),
        lines,
        List.of(new Grid("Plateaus", plateaus(found))),
        charts(found));
  }

  private static String verdict(CapacityResult found) {
    OptionalDouble held = found.capacityPerSecond();
    OptionalDouble broke = found.breaksAtPerSecond();
    if (held.isEmpty()) {
      return "no rate that was tried keeps the objectives, not even "
          + found.plateaus().stream()
              .map(Plateau::ratePerSecond)
              .min(Comparator.naturalOrder())
              .map(Amounts::rate)
              .orElse("the first");
    }
    String rate = Amounts.rate(held.getAsDouble());
    return broke.isEmpty()
        ? "%s journeys keep the objectives, the highest rate that was allowed; the capacity is beyond"
            .formatted(rate)
        : "%s journeys keep the objectives, %s do not: the capacity lies between the two"
            .formatted(rate, Amounts.rate(broke.getAsDouble()));
  }

  private static void scalability(Scalability law, List<String> lines) {
    lines.add(
        "scalability law X(N) = λN / (1 + σ(N−1) + κN(N−1)), with 90 %% intervals: λ %s, σ %s, κ %s"
            .formatted(
                interval(law.lambda()), interval(law.contention()), interval(law.coherency())));
    law.peakConcurrency()
        .ifPresent(n ->
            lines.add(
                "its throughput is highest, %s requests, with %.0f in the system"
                    .formatted(Amounts.rate(law.throughput(n)), n)));
  }

  private static String interval(Scalability.Interval interval) {
    return "%s (%s..%s)"
        .formatted(
            significant(interval.value()),
            significant(interval.low()),
            significant(interval.high()));
  }

  private static String significant(double value) {
    if (value == 0) {
      return "0";
    }
    return Math.abs(value) >= 0.001 && Math.abs(value) < 1e5
        ? new java.math.BigDecimal(value)
            .round(new java.math.MathContext(3))
            .stripTrailingZeros()
            .toPlainString()
        : String.format(Locale.ROOT, "%.1e", value);
  }

  private static List<List<String>> plateaus(CapacityResult found) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "journeys",
            "lasted",
            "settled",
            "requests",
            "in system",
            "p50",
            "p99",
            "failed",
            "verdict"));
    for (Plateau plateau : found.plateaus()) {
      rows.add(
          List.of(
              Amounts.rate(plateau.ratePerSecond()),
              Amounts.seconds(plateau.seconds()),
              plateau.stationarity().map(CapacitySection::describe).orElse("too short to say"),
              Amounts.rate(plateau.throughputPerSecond()),
              String.format(Locale.ROOT, "%.1f", plateau.concurrency()),
              Amounts.seconds(plateau.p50Seconds()),
              Amounts.seconds(plateau.p99Seconds()),
              Amounts.share(plateau.errorShare()),
              verdict(plateau)));
    }
    return rows;
  }

  /** Whether and when it settled; the change is that of the fitted line over what was kept. */
  private static String describe(Stationarity stationarity) {
    return String.format(
        Locale.ROOT,
        "%s, first %d s cut, %+.0f %%",
        stationarity.isStationary() ? "yes" : "NO",
        stationarity.warmUp(),
        100 * stationarity.change());
  }

  private static String verdict(Plateau plateau) {
    if (plateau.verdict() == Plateau.Verdict.HELD) {
      return "held";
    }
    return plateau.objectives().stream()
        .filter(outcome -> !outcome.held())
        .findFirst()
        .map(outcome -> "BROKE " + Summary.describe(outcome))
        .orElse("BROKE did not settle");
  }

  private static List<Chart> charts(CapacityResult found) {
    List<Plateau> sorted =
        found.plateaus().stream()
            .sorted(Comparator.comparingDouble(Plateau::ratePerSecond))
            .toList();
    var charts = new ArrayList<Chart>();
    charts.add(
        new Chart(
            "Response time by load",
            "journeys per second",
            "seconds",
            List.of(
                new Curve("p50", true, points(sorted, Plateau::p50Seconds)),
                new Curve("p99", true, points(sorted, Plateau::p99Seconds)))));
    found.scalability().ifPresent(law -> charts.add(throughput(law, sorted)));
    return charts;
  }

  private static List<Point> points(
      List<Plateau> plateaus, java.util.function.Function<Plateau, OptionalDouble> value) {
    var points = new ArrayList<Point>();
    for (Plateau plateau : plateaus) {
      value.apply(plateau).ifPresent(y -> points.add(new Point(plateau.ratePerSecond(), y)));
    }
    return points;
  }

  private static Chart throughput(Scalability law, List<Plateau> plateaus) {
    double most = plateaus.stream().mapToDouble(Plateau::concurrency).max().orElse(1);
    var curve = new ArrayList<Point>();
    for (int i = 0; i <= CURVE_POINTS; i++) {
      double n = most * 1.1 * i / CURVE_POINTS;
      curve.add(new Point(n, law.throughput(n)));
    }
    return new Chart(
        "Throughput by requests in the system",
        "requests in the system",
        "requests per second",
        List.of(
            new Curve("scalability law", true, curve),
            new Curve(
                "plateaus",
                false,
                plateaus.stream()
                    .map(p -> new Point(p.concurrency(), p.throughputPerSecond()))
                    .toList())));
  }
}
