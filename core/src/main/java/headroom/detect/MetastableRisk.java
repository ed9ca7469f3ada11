package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;
import static headroom.detect.Words.seconds;

import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.metastability.Metastability;
import headroom.metastability.Risk;
import headroom.metastability.Risks;
import java.util.ArrayList;
import java.util.List;

/**
 * A station that a short overload would leave down, since its callers try again: one finding for
 * the nearest of each service. How it is told stands in {@code docs/math/metastability.md}.
 */
final class MetastableRisk implements Detector {
  /** What becomes vulnerable only beyond so many times today's peak is not a risk yet. */
  private static final double FAR = 1.5;

  /** A mild effect of not knowing better: the range of a multiple that is a matter of luck. */
  private static final double GREY = Metastability.GREY_LOAD;

  @Override
  public List<Finding> detect(Observation observation) {
    List<String> services = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Risk risk : Risks.of(observation.history())) {
      double multiple = risk.state().multiple();
      boolean repeats = risk.state().amplification() > 1 + GREY;
      String service = risk.capacity().service();
      if (repeats && risk.isLearnt() && multiple < FAR && !services.contains(service)) {
        services.add(service);
        findings.add(finding(risk, multiple));
      }
    }
    return findings;
  }

  private static Finding finding(Risk risk, double multiple) {
    Metastability state = risk.state();
    String station = risk.capacity().station().text();
    return new Finding(
        Words.id(Kind.RETRIES, "metastable", station),
        Kind.RETRIES,
        station,
        state.isVulnerable() ? Severity.WARNING : Severity.INFO,
        null,
        new Effect(1 / multiple, (1 - GREY) / multiple, (1 + GREY) / multiple),
        summary(state, multiple),
        List.of(),
        evidence(risk, multiple),
        next(risk));
  }

  private static String summary(Metastability state, double multiple) {
    String start =
        state.isVulnerable()
            ? "a short overload at today's peak would not end by itself"
            : format("at %.2f times today's peak a short overload would not end", multiple);
    return start
        + format(
            ": with all repeats %.1f times the calls come, %.2f of what it can do%s",
            state.amplification(),
            state.amplifiedLoad(),
            state.isGrey() ? " (too near to the limit to be sure)" : "");
  }

  private static List<Evidence> evidence(Risk risk, double multiple) {
    Metastability state = risk.state();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Charts.number("attempts per call when all fail", state.amplification(), "1"));
    evidence.add(Charts.number("used at the peak without repeats", state.utilization(), "1"));
    evidence.add(Charts.number("load with all repeats over capacity", state.amplifiedLoad(), "1"));
    if (Double.isFinite(state.fullQueueWait())) {
      evidence.add(
          Charts.number(
              "wait in a full queue over the callers' timeout", state.fullQueueWait(), "1"));
    }
    evidence.add(Charts.number("timeout of the callers", state.timeoutSeconds(), "s"));
    evidence.add(Charts.number("vulnerable from this multiple of the peak", multiple, "1"));
    evidence.add(
        Charts.number("standing still so long is enough", state.smallestStallSeconds(), "s"));
    state
        .smallestOverloadSeconds(2)
        .ifPresent(
            time -> evidence.add(Charts.number("twice the peak for so long is enough", time, "s")));
    for (String assumption : risk.assumptions()) {
      evidence.add(Charts.number("assumed: " + assumption, 0, ""));
    }
    return evidence;
  }

  private static String next(Risk risk) {
    Metastability state = risk.state();
    List<String> ways = new ArrayList<>();
    state
        .safeBudget()
        .ifPresent(budget ->
            ways.add(
                format(
                    "let callers repeat at most %s of their calls", percent(Math.min(1, budget)))));
    state
        .safeWaitSeconds()
        .ifPresent(wait ->
            ways.add(
                state.serviceSeconds() == 0
                    ? format("let nobody wait for longer than %s", seconds(wait))
                    : format(
                        "let at most %.0f wait at a time (%s)",
                        Math.floor(wait * state.servers() / state.serviceSeconds()),
                        seconds(wait))));
    String either =
        ways.isEmpty()
            ? "Add capacity: neither fewer repeats nor a shorter queue is enough."
            : "Either " + String.join(", or ", ways) + ".";
    return either + " Repeat at one layer only, with a random pause that doubles.";
  }
}
