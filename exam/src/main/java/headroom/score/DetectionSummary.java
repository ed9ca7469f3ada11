package headroom.score;

import headroom.stats.Quantiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well the drifts of several cases were found: shares 0..1, medians in hours. */
record DetectionSummary(
    int cases,
    double in24h,
    double in72h,
    double delayHours,
    double onsetErrorHours,
    double onsetCovered) {
  static DetectionSummary of(List<Detection> all) {
    List<Detection> found = all.stream().filter(one -> Double.isFinite(one.delayHours())).toList();
    double covered = found.stream().filter(Detection::covered).count();
    return new DetectionSummary(
        all.size(),
        within(all, 24),
        within(all, 72),
        median(all.stream().mapToDouble(Detection::delayHours).toArray()),
        median(found.stream().mapToDouble(one -> Math.abs(one.onsetError())).toArray()),
        covered / found.size());
  }

  private static double within(List<Detection> all, double hours) {
    return ResultSummary.share(all, one -> one.delayHours() <= hours);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", cases);
    figures.put("foundIn24h", in24h);
    figures.put("foundIn72h", in72h);
    figures.put("medianDelayHours", delayHours);
    figures.put("onsetErrorHoursMedian", onsetErrorHours);
    figures.put("onsetCovered", onsetCovered);
    return figures;
  }

  void row(Marks.Builder marks, String title) {
    marks.row(
        title,
        String.valueOf(cases),
        Marks.percent(in24h),
        Marks.percent(in72h),
        String.format(Locale.ROOT, "%.1f h", delayHours),
        String.format(Locale.ROOT, "%.1f h", onsetErrorHours),
        Marks.percent(onsetCovered));
  }

  private static double median(double[] values) {
    return values.length == 0 ? Double.NaN : Quantiles.of(values, 0.5);
  }
}
