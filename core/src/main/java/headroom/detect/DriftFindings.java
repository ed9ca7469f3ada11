package headroom.detect;

import static headroom.detect.Words.format;

import headroom.detect.Finding.Cause;
import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Onset;
import headroom.detect.Finding.Severity;
import headroom.drift.Drift;
import headroom.drift.Drift.Suspicion;
import headroom.drift.Drift.Term;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Findings about what became slower at equal load: since when, by how much, and what speaks for
 * which cause.
 */
final class DriftFindings {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** Of these causes the evidence is shown. */
  private static final int EXPLAINED = 3;

  private DriftFindings() {}

  static Finding of(Drift drift) {
    boolean besideJob =
        drift.shape() == Drift.Shape.NIGHTLY
            && !drift.causes().isEmpty()
            && drift.causes().getFirst().kind().equals("batch");
    Kind kind = besideJob ? Kind.BATCH : Kind.DRIFT;
    var onset = drift.onset();
    var size = drift.size();
    return new Finding(
        Words.id(kind, drift.service(), drift.operation()),
        kind,
        drift.service() + " " + drift.operation(),
        drift.paged() ? Severity.WARNING : Severity.INFO,
        new Onset(onset.low(), onset.likeliest(), onset.high()),
        new Effect(size.ratio(), size.low(), size.high()),
        summary(drift),
        drift.causes().stream()
            .map(cause -> new Cause(cause.kind(), cause.what(), cause.probability()))
            .toList(),
        evidence(drift),
        next(drift));
  }

  private static String summary(Drift drift) {
    String p = Words.quantile(drift.quantile());
    double percent = 100 * (drift.size().ratio() - 1);
    Instant since = drift.onset().likeliest();
    String much = format(percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    return switch (drift.shape()) {
      case STEP -> format("%s is %s higher at equal load since %s", p, much, TIME.format(since));
      case RAMP -> format("%s rose by %s at equal load since %s", p, much, TIME.format(since));
      case NIGHTLY ->
          format(
              "%s is %s higher from %s to %s each day at equal load, since %s",
              p,
              much,
              HOUR.format(since),
              HOUR.format(since.plusSeconds(3_600L * drift.hoursADay())),
              DAY.format(since));
    };
  }

  private static List<Evidence> evidence(Drift drift) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            format("%s over what is usual at this load and hour", Words.quantile(drift.quantile())),
            drift.size().ratio(),
            "1",
            drift.chart().stream()
                .map(point -> new Evidence.Point(point.at(), point.ratio()))
                .toList()));
    var parts = drift.attribution();
    evidence.add(ratio("of the change against the week before: by load and hour", parts.load()));
    evidence.add(ratio("by this operation's share of the load", parts.mix()));
    evidence.add(ratio("by neither", parts.drift()));
    drift.shownBy().forEach(what -> evidence.add(Charts.number("also shown by " + what, 1, "1")));
    drift.alsoSlower().forEach(what -> evidence.add(Charts.number("also slower: " + what, 1, "1")));
    drift.doubts().forEach(what -> evidence.add(Charts.number("only watched: " + what, 1, "1")));
    evidence.add(
        Charts.number("smallest step found within a day here", drift.smallestVisible(), "1"));
    for (Suspicion cause : drift.causes().stream().limit(EXPLAINED).toList()) {
      for (Term term : cause.terms()) {
        evidence.add(
            Charts.number(
                format(
                    "%s %s, %s: %s",
                    cause.kind(),
                    cause.what(),
                    term.logOdds() >= 0 ? "for" : "against",
                    term.says()),
                term.logOdds(),
                "log odds"));
      }
    }
    return evidence;
  }

  private static Evidence ratio(String label, double log) {
    return Charts.number(label, Math.exp(log), "1");
  }

  private static String next(Drift drift) {
    String kind = drift.causes().isEmpty() ? "none" : drift.causes().getFirst().kind();
    String what = drift.causes().isEmpty() ? "" : drift.causes().getFirst().what();
    return switch (kind) {
      case "deploy" -> "Compare traces from before and after " + what + ": which span has grown?";
      case "data-growth" ->
          "EXPLAIN the statements on " + what + " with today's row counts: which scan has grown?";
      case "cache" ->
          "See why " + what + " misses more: its size, its keys' lifetime, what is new.";
      case "batch" -> "Move " + what + " to other hours, or give it connections of its own.";
      case "neighbour" -> "See what else runs on the " + what + ", and what it is allowed to use.";
      case "gc" ->
          "See what " + what + " keeps: live set after collection, allocation per request.";
      case "retries" -> "See why " + what + " is called again: errors and timeouts of the callee.";
      case "mix" -> "See who sends more of " + what + ", and whether the service has room for it.";
      case "dependency" ->
          "Ask who runs " + what + "; a timeout and a limit keep its time from yours.";
      default -> "Compare a trace from before with one from after the onset: which span has grown?";
    };
  }
}
