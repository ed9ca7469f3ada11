package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;
import static headroom.detect.Words.seconds;

import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.requests.TraceShare;
import headroom.requests.UserRequests;
import headroom.requests.UserRequests.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What requests were read from, where it is not simply from all traces, and what is not judged. */
final class RequestCoverage {
  private RequestCoverage() {}

  static List<Finding> of(UserRequests requests) {
    List<Finding> findings = new ArrayList<>();
    requests.services().forEach(share -> of(share).ifPresent(findings::add));
    requests.lifetimes().forEach(lifetime -> findings.add(of(lifetime)));
    return findings;
  }

  private static Optional<Finding> of(TraceShare share) {
    String held = percent(share.share().orElse(0));
    return switch (share.basis()) {
      case TRACES -> Optional.empty();
      case METRICS ->
          Optional.of(
              finding(
                  share,
                  Severity.INFO,
                  "traces hold %s of the requests: rates, errors and latencies are those of request"
                      + " metrics, what traces tell is weighted to them",
                  held,
                  "Nothing needs to be done. With tail sampling, work and holds within an operation"
                      + " are those of the traces that were kept."));
      case METRICS_ONLY ->
          Optional.of(
              finding(
                  share,
                  Severity.INFO,
                  "there are request metrics but no traces: who holds a pool and what an action"
                      + " costs is not known",
                  held,
                  "Send traces too, a sample is enough: OTEL_TRACES_EXPORTER=otlp and"
                      + " OTEL_EXPORTER_OTLP_ENDPOINT for an OpenTelemetry agent."));
      case UNTRACED ->
          Optional.of(
              finding(
                  share,
                  Severity.INFO,
                  "there are request metrics but no traces, while other services have some: its"
                      + " requests are taken to come from those and are no load of their own",
                  held,
                  "Send its traces too: OTEL_TRACES_EXPORTER=otlp and OTEL_EXPORTER_OTLP_ENDPOINT"
                      + " for an OpenTelemetry agent."));
      case WEIGHTED ->
          Optional.of(
              finding(
                  share,
                  Severity.INFO,
                  "there are no request metrics; its traces are weighted as those of the services"
                      + " around it, of which %s are kept",
                  held,
                  "Report http.server.request.duration, so that its own share is known."));
      case CONTRADICTED ->
          Optional.of(
              finding(
                  share,
                  Severity.WARNING,
                  "traces and request metrics contradict each other (traces hold %s of the counted"
                      + " requests, or call them otherwise): traces are believed",
                  held,
                  "See that all processes of the service report both, each under an instance id of"
                      + " its own, and that both name the route (http.route)."));
    };
  }

  private static Finding finding(
      TraceShare share, Severity severity, String claim, String held, String next) {
    String service = share.service();
    return new Finding(
        Words.id(Kind.COVERAGE, service, "requests"),
        Kind.COVERAGE,
        service,
        severity,
        null,
        null,
        service + ": " + claim.replace("%s", held),
        List.of(),
        share.share().isPresent()
            ? List.of(
                Charts.number("share of requests in traces", share.share().getAsDouble(), "1"))
            : List.of(),
        next);
  }

  private static Finding of(Lifetime lifetime) {
    return new Finding(
        Words.id(Kind.COVERAGE, lifetime.service(), lifetime.operation(), "lifetime"),
        Kind.COVERAGE,
        lifetime.service() + " " + lifetime.operation(),
        Severity.INFO,
        null,
        null,
        format(
            "%d requests live long (median %s), as event streams, sockets and downloads do: how"
                + " long is not judged as latency",
            lifetime.count(), seconds(lifetime.seconds())),
        List.of(),
        List.of(Charts.number("median lifetime", lifetime.seconds(), "s")),
        "Nothing needs to be done, unless these were meant to be answers.");
  }
}
