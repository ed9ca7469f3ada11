package headroom.score;

import headroom.stats.Quantiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The score of the dates of several histories: a row of the scoreboard. Shares are 0..1, NaN of
 * nothing.
 *
 * @param cases how many histories were examined
 * @param dated share of those with a date
 * @param coverage80 share of dates whose 80 % interval holds the true one
 * @param laterThan80 share of dates where the true one comes after it
 * @param coverage90 as {@code coverage80} for the 90 % interval
 * @param medianErrorOfLead how far off dates were, as a share of the true lead, of those that came
 *     within 180 days
 * @param falseNever of the histories without a date, where it came before the day before which it
 *     was said not to come
 */
record DateScore(
    int cases,
    double dated,
    double coverage80,
    double laterThan80,
    double coverage90,
    double medianErrorOfLead,
    double falseNever) {
  private static final int MOST_DAYS = 180;

  static DateScore of(List<DateResult> all) {
    List<DateResult> dated = all.stream().filter(DateResult::isDated).toList();
    List<DateResult> others = all.stream().filter(one -> !one.isDated()).toList();
    double[] errors =
        dated.stream()
            .filter(one -> one.truth().orElse(Integer.MAX_VALUE) <= MOST_DAYS)
            .mapToDouble(DateResult::errorOfLead)
            .toArray();
    return new DateScore(
        all.size(),
        ResultSummary.share(all, DateResult::isDated),
        ResultSummary.share(dated, one -> one.holds(0.8)),
        ResultSummary.share(dated, one -> one.isLater(0.8)),
        ResultSummary.share(dated, one -> one.holds(0.9)),
        errors.length == 0 ? Double.NaN : Quantiles.median(errors),
        ResultSummary.share(others, DateResult::isFalseNever));
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", cases);
    figures.put("dated", dated);
    figures.put("coverage80", coverage80);
    figures.put("laterThan80", laterThan80);
    figures.put("coverage90", coverage90);
    figures.put("medianErrorOfLead", medianErrorOfLead);
    figures.put("falseNever", falseNever);
    return figures;
  }
}
