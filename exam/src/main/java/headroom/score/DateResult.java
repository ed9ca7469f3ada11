package headroom.score;

import headroom.forecast.Passage;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One predicted date beside the day on which traffic got there.
 *
 * @param launch whether one was announced
 * @param truth days until traffic really reached the wall; empty when it did not in two years
 * @param said null where there was not enough history
 * @param horizonDays how far ahead a date may be named
 */
record DateResult(
    int number,
    ArrivalHistory history,
    int weeks,
    boolean launch,
    OptionalInt truth,
    @Nullable Passage said,
    int horizonDays) {

  /** Whether a date was named. */
  boolean isDated() {
    return said != null && median() < horizonDays;
  }

  /** Of a date: its median, in days. */
  int saidDays() {
    return median();
  }

  private int median() {
    return said == null ? Integer.MAX_VALUE : said.quantile(0.5).orElse(Integer.MAX_VALUE);
  }

  /** Whether the interval of this coverage holds the truth; one without an end ends never. */
  boolean holds(double coverage) {
    if (said == null) {
      return false;
    }
    int day = truth.orElse(Integer.MAX_VALUE);
    return day >= said.quantile((1 - coverage) / 2).orElse(Integer.MAX_VALUE)
        && day <= said.quantile((1 + coverage) / 2).orElse(Integer.MAX_VALUE);
  }

  /** Whether it came later than the interval's end. */
  boolean isLater(double coverage) {
    return said != null
        && truth.orElse(Integer.MAX_VALUE)
            > said.quantile((1 + coverage) / 2).orElse(Integer.MAX_VALUE);
  }

  /** Of a date: how far off its median was, as a share of the true lead. */
  double errorOfLead() {
    return truth.isEmpty()
        ? Double.POSITIVE_INFINITY
        : Math.abs(median() - truth.getAsInt()) / Math.max(1.0, truth.getAsInt());
  }

  /** Where no date was named: the first day that was not ruled out, as the wall's note says it. */
  int notBefore() {
    return said == null ? 0 : Math.min(horizonDays, said.quantile(0.05).orElse(horizonDays));
  }

  /** Whether it came before the day before which it was said not to come. */
  boolean isFalseNever() {
    return said != null && !isDated() && truth.orElse(Integer.MAX_VALUE) < notBefore();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "dates %4d %-11s %2d weeks %d breaks  truth %5s  said %s",
        number,
        history.kind().name().toLowerCase(Locale.ROOT),
        weeks,
        history.breaks(),
        truth.isPresent() ? String.valueOf(truth.getAsInt()) : "never",
        text());
  }

  private String text() {
    if (said == null) {
      return "not enough history";
    }
    return isDated()
        ? String.format(
            Locale.ROOT,
            "%d (%s to %s)%s",
            median(),
            day(said.quantile(0.1)),
            day(said.quantile(0.9)),
            holds(0.8) ? "" : isLater(0.8) ? "  later" : "  earlier")
        : "not before " + notBefore() + (isFalseNever() ? "  wrong" : "");
  }

  private static String day(OptionalInt day) {
    return day.isPresent() ? String.valueOf(day.getAsInt()) : "never";
  }
}
