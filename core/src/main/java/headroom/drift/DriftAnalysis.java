package headroom.drift;

import headroom.drift.Drift.Attribution;
import headroom.drift.Drift.Shape;
import headroom.drift.HourlySeries.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What became slower at equal load, worst first. How, and how well, is told in {@code
 * docs/math/drift.md}.
 */
public final class DriftAnalysis {
  private static final int MOST_POINTS = 240;
  private static final int WEEK_HOURS = 168;
  private static final double NINETY_PERCENT = 1.645;

  private DriftAnalysis() {}

  /** Nothing for less than {@link HourlyHistory#SHORTEST}. */
  public static List<Drift> of(HourlyHistory history) {
    long to = history.to();
    long from = Math.max(history.from(), to - HourlyHistory.LONGEST.toHours());
    if (to - from < HourlyHistory.SHORTEST.toHours()) {
      return List.of();
    }
    var landscape = new Landscape(history, Timeframe.of(from, to));
    List<Target> changed = Discoveries.of(landscape.targets);
    List<Drift> drifts = new ArrayList<>();
    for (List<Target> group : Groups.of(changed, landscape)) {
      drifts.add(drift(group, landscape));
    }
    drifts.sort(
        Comparator.comparing(Drift::paged)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Drift::z).reversed()));
    return drifts;
  }

  private static Drift drift(List<Target> group, Landscape landscape) {
    Target target = group.getFirst();
    Change change = Objects.requireNonNull(target.change());
    Target.Seen seen = Objects.requireNonNull(target.seen());
    Residuals r = target.of(target.quantile());
    OnsetProfile onset =
        change.shape() == Shape.NIGHTLY
            ? new OnsetProfile(change.tau() - 24, change.tau(), change.tau() + 24)
            : OnsetProfile.of(seen.in(), seen.as());
    var doubts = new Doubts(landscape, target, change);
    var causes = new Suspects(landscape, target, change, onset);
    Set<String> shownBy = new LinkedHashSet<>(doubts.shownBy());
    shownBy.addAll(causes.shownBy());
    List<String> against = new ArrayList<>(doubts.against());
    if (!ChangeCriteria.isPlain(seen.in(), seen.as())) {
      against.add("it is less certain, or younger, than a warning asks for");
    }
    if (shownBy.isEmpty()) {
      against.add("nothing else shows it");
    }
    double spread = NINETY_PERCENT * change.sd();
    Timeframe span = landscape.span;
    return new Drift(
        target.service,
        target.operation,
        quantile(target.quantile()),
        change.shape(),
        change.width(),
        against.isEmpty(),
        new Drift.Onset(
            at(span, onset.low() - 1), at(span, onset.likeliest()), at(span, onset.high() + 1)),
        new Drift.Size(
            Math.exp(change.size()),
            Math.exp(change.size() - spread),
            Math.exp(change.size() + spread)),
        change.z(),
        attribution(landscape, target, onset),
        group.stream()
            .skip(1)
            .map(Target::name)
            .filter(name -> !name.equals(target.name()))
            .distinct()
            .toList(),
        List.copyOf(shownBy),
        against,
        causes.ranked(),
        Math.exp(ChangeCriteria.WATCH * Math.sqrt(r.variance(24 * Math.pow(1 - r.phi, 2), 24))),
        chart(r));
  }

  private static double quantile(Column column) {
    return column == Column.P99 ? 0.99 : column == Column.P95 ? 0.95 : 0.5;
  }

  private static Instant at(Timeframe span, int hour) {
    return Instant.ofEpochSecond((span.from() + hour) * HourlySeries.HOUR);
  }

  private static Attribution attribution(Landscape landscape, Target target, OnsetProfile onset) {
    Timeframe span = landscape.span;
    int end = span.length();
    HourlySeries series =
        landscape
            .history
            .of(
                target.measure,
                key ->
                    key.service().equals(target.service) && key.subject().equals(target.operation))
            .getFirst();
    double[] load = Target.logs(landscape.rate(target.service));
    double[] mix = Target.logs(series.column(Column.COUNT, span.from(), span.to()));
    double[] y = series.column(target.quantile(), span.from(), span.to());
    LoadFit fit = target.of(target.quantile()).fit;
    double[] before = new double[3];
    double[] since = new double[3];
    for (int t = Math.max(0, onset.likeliest() - WEEK_HOURS); t < end; t++) {
      double share = mix[t] - load[t];
      if (Double.isFinite(share) && Double.isFinite(y[t])) {
        double[] sums = t < onset.likeliest() ? before : since;
        sums[0]++;
        sums[1] += y[t];
        sums[2] += fit.ofMix(share);
      }
    }
    if (before[0] == 0 || since[0] == 0) {
      return new Attribution(0, 0, 0);
    }
    double drift = Objects.requireNonNull(target.change()).size();
    double byMix = since[2] / since[0] - before[2] / before[0];
    double all = since[1] / since[0] - before[1] / before[0];
    return new Attribution(all - byMix - drift, byMix, drift);
  }

  private static List<Drift.Point> chart(Residuals r) {
    int length = r.values.length;
    int step = (length + MOST_POINTS - 1) / MOST_POINTS;
    List<Drift.Point> points = new ArrayList<>();
    for (int t = 0; t < length; t += step) {
      double mean = r.mean(t, Math.min(length, t + step));
      if (!Double.isNaN(mean)) {
        points.add(new Drift.Point(at(r.span, t), Math.exp(mean)));
      }
    }
    return points;
  }
}
