package headroom.load.report;

import headroom.load.result.ErrorLog;
import headroom.load.result.RunStats;
import headroom.load.result.StepStats;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.util.Locale;

/** A run under way in the text format of Prometheus, version 0.0.4. */
public final class LiveMetrics {
  /** Upper bounds of the buckets of response times, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

  private final StringBuilder text = new StringBuilder();

  private LiveMetrics() {}

  /**
   * What is so just now.
   *
   * @param intendedPerSecond the arrival rate of the profile
   * @param users under way, thinking or waiting
   * @param inFlight requests sent and not answered, or waiting for a connection
   */
  public record Now(
      double elapsedSeconds, double intendedPerSecond, int users, int inFlight, int connections) {}

  public static String of(RunStats totals, Now now) {
    var metrics = new LiveMetrics();
    metrics.gauges(now);
    metrics.counters(totals);
    metrics.steps(totals);
    metrics.lag(totals.lag());
    return metrics.text.toString();
  }

  private void gauges(Now now) {
    gauge("elapsed_seconds", "Since the first possible arrival.", now.elapsedSeconds());
    gauge(
        "intended_arrivals_per_second",
        "Journeys that the profile begins now.",
        now.intendedPerSecond());
    gauge("users", "Under way, thinking or waiting.", now.users());
    gauge("requests_in_flight", "Sent or waiting for a connection.", now.inFlight());
    gauge("connections", "Open to the target.", now.connections());
  }

  private void gauge(String name, String help, double value) {
    head(name, "gauge", help);
    sample(name, "", value);
  }

  private void counters(RunStats totals) {
    counter("arrivals_total", "Journeys that should have begun.", totals.arrivals());
    counter("dropped_arrivals_total", "Journeys that never began.", totals.dropped());
    counter("sent_requests_total", "Requests that left.", totals.sent());
    counter(
        "journeys_finished_total", "Journeys that came to their end.", totals.journeysFinished());
    counter("journeys_aborted_total", "Journeys that a failure ended.", totals.journeysAborted());
    counter("connections_opened_total", "Connections opened.", totals.connections().opened());
  }

  private void counter(String name, String help, long value) {
    head(name, "counter", help);
    sample(name, "", value);
  }

  private void steps(RunStats totals) {
    head("requests_total", "counter", "Requests that were sent or should have been.");
    for (StepStats step : totals.steps()) {
      sample("requests_total", label("step", step.name()), step.count());
    }
    head("errors_total", "counter", "Requests that failed.");
    for (StepStats step : totals.steps()) {
      for (ErrorLog.Entry entry : step.errors().entries()) {
        sample(
            "errors_total",
            label("step", step.name()) + "," + label("kind", entry.kind().label()),
            entry.count());
      }
    }
    head("response_seconds", "histogram", "From the intended start to the last byte.");
    for (StepStats step : totals.steps()) {
      histogram("response_seconds", label("step", step.name()), step.response());
    }
    head("service_seconds", "histogram", "From sending to the last byte.");
    for (StepStats step : totals.steps()) {
      histogram("service_seconds", label("step", step.name()), step.service());
    }
  }

  private void histogram(String name, String labels, Cell cell) {
    ExponentialHistogram values = cell.histogram();
    long before = 0;
    for (double bound : BOUNDS) {
      double above = values == null ? 0 : values.shareAbove(bound);
      before = Math.max(before, cell.count() - Math.round(above * cell.count()));
      sample(name + "_bucket", labels + "," + label("le", number(bound)), before);
    }
    sample(name + "_bucket", labels + "," + label("le", "+Inf"), cell.count());
    sample(name + "_sum", labels, cell.sum());
    sample(name + "_count", labels, cell.count());
  }

  private void lag(Cell lag) {
    head("generator_lag_seconds", "summary", "How late the generator itself was.");
    for (double q : QUANTILES) {
      lag.quantile(q)
          .ifPresent(value -> sample("generator_lag_seconds", label("quantile", number(q)), value));
    }
    sample("generator_lag_seconds_sum", "", lag.sum());
    sample("generator_lag_seconds_count", "", lag.count());
  }

  private void head(String name, String type, String help) {
    text.append("# HELP headroom_test_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE headroom_test_").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, double value) {
    text.append("headroom_test_").append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private void sample(String name, String labels, long value) {
    sample(name, labels, (double) value);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }
}
