package headroom.load.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.load.result.AttemptStats;
import headroom.load.result.RunStats;
import headroom.load.result.StepStats;
import headroom.plan.quantity.Amounts;
import java.util.Locale;
import java.util.Optional;

/** How the retries of the client are told: as JSON and as a line. */
final class RetriesTold {
  private RetriesTold() {}

  /** All steps whose requests may be sent again together; empty when there is none. */
  static Optional<AttemptStats> all(RunStats stats) {
    var all = new AttemptStats();
    for (StepStats step : stats.steps()) {
      step.retries().ifPresent(all::merge);
    }
    return all.attempts() == 0 ? Optional.empty() : Optional.of(all);
  }

  /** A request counts once, however many attempts it took. */
  static void write(ObjectNode json, AttemptStats attempts) {
    json.put("requests", attempts.requests());
    json.put("attempts", attempts.attempts());
    json.put("perRequest", attempts.perRequest());
    json.put("retries", attempts.retries());
    json.put("recovered", attempts.recovered());
    json.put("refusedByBudget", attempts.refused());
    json.put("goodput", attempts.goodput());
    ResultJson.quantiles(json.putObject("attempt"), attempts.times(), true);
  }

  /** In one line. */
  static String line(AttemptStats attempts) {
    String refused =
        attempts.refused() == 0
            ? ""
            : ", %s given up for want of budget".formatted(Amounts.count(attempts.refused()));
    return String.format(
        Locale.ROOT,
        "retries: %.2f attempts per request (%s for %s), %s of the attempts of use; %s requests"
            + " saved%s",
        attempts.perRequest(),
        Amounts.count(attempts.attempts()),
        Amounts.count(attempts.requests()),
        Amounts.share(attempts.goodput()),
        Amounts.count(attempts.recovered()),
        refused);
  }
}
