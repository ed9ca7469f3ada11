package headroom.detect;

import static headroom.detect.Words.format;

import headroom.detect.Finding.Cause;
import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Onset;
import headroom.detect.Finding.Severity;
import headroom.drift.Drift;
import headroom.regime.RegimeChange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings about what takes longer than minutes or hours ago, at equal load. */
final class RegimeFindings {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** What weeks tell of the same service and about the same time is told by them. */
  private static final Duration SAME = Duration.ofDays(1);

  private static final int MOST_SHOWN = 6;

  private RegimeFindings() {}

  /** Of what became slower and is not told as a drift already. */
  static List<Finding> of(List<RegimeChange> changes, List<Drift> drifts) {
    return changes.stream()
        .filter(RegimeChange::isSlower)
        .filter(change -> drifts.stream().noneMatch(drift -> tells(drift, change)))
        .map(RegimeFindings::of)
        .toList();
  }

  private static boolean tells(Drift drift, RegimeChange change) {
    boolean same =
        drift.service().equals(change.service())
            || drift.alsoSlower().stream().anyMatch(one -> one.startsWith(change.service() + " "));
    Instant since = change.since().likeliest();
    return same
        && !drift.onset().low().minus(SAME).isAfter(since)
        && !drift.onset().high().plus(SAME).isBefore(since);
  }

  private static Finding of(RegimeChange change) {
    var since = change.since();
    var ratio = change.ratio();
    String what = change.part().isEmpty() ? "it" : change.part();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Charts.number(what + " over what it was at this load", ratio.ratio(), "1"));
    change
        .response()
        .filter(unused -> !change.part().isEmpty())
        .ifPresent(response ->
            evidence.add(
                Charts.number("median of its responses over what it was", response.ratio(), "1")));
    evidence.add(Charts.number("standard deviations from no change", change.z(), "1"));
    change.shownBy().stream()
        .limit(MOST_SHOWN)
        .forEach(shown -> evidence.add(Charts.number("also shown by " + shown, 1, "1")));
    change.doubts().forEach(doubt -> evidence.add(Charts.number("only watched: " + doubt, 1, "1")));
    return new Finding(
        Words.id(Kind.DRIFT, change.service(), change.operation(), change.part()),
        Kind.DRIFT,
        change.service() + " " + change.operation(),
        change.certain() ? Severity.WARNING : Severity.INFO,
        new Onset(since.low(), since.likeliest(), since.high()),
        new Effect(ratio.ratio(), ratio.low(), ratio.high()),
        format(
            "%s takes %.0f %% longer at equal load since %s%s",
            what,
            100 * (ratio.ratio() - 1),
            TIME.format(since.likeliest()),
            change.deploy().map(deploy -> ", when " + deploy + " was deployed").orElse("")),
        causes(change),
        evidence,
        change
            .deploy()
            .map(deploy -> "Compare traces from before and after " + deploy + ".")
            .orElse(
                "Nothing known happened then: see what else changed at that time (data, plans,"
                    + " neighbours), and compare a trace from before with one from after."));
  }

  private static List<Cause> causes(RegimeChange change) {
    List<Cause> causes = new ArrayList<>();
    change.deploy().ifPresent(deploy -> causes.add(new Cause("deploy", deploy, BY_DEPLOY)));
    causes.add(new Cause("none", "", change.deploy().isPresent() ? 1 - BY_DEPLOY : 1));
    return causes;
  }

  /** A deploy within the minutes of the onset is rarely there by accident. */
  private static final double BY_DEPLOY = 0.9;
}
