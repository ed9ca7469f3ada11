package headroom.requests;

import java.util.Locale;
import java.util.Set;

/** Requests that machines make to look after a service: health checks and scrapes of metrics. */
final class Probes {
  private static final Set<String> PATHS =
      Set.of(
          "/health",
          "/healthz",
          "/healthcheck",
          "/health-check",
          "/_health",
          "/livez",
          "/live",
          "/liveness",
          "/readyz",
          "/ready",
          "/readiness",
          "/metrics",
          "/prometheus");

  private static final Set<String> ROOTS =
      Set.of("/actuator/", "/q/health", "/q/metrics", "/health/");

  private Probes() {}

  /** Whether an operation such as {@code GET /healthz} is one, told by its path. */
  static boolean isProbe(String operation) {
    int space = operation.indexOf(' ');
    String method = space < 0 ? "" : operation.substring(0, space);
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return false;
    }
    String path = operation.substring(space + 1).toLowerCase(Locale.ROOT);
    String bare =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return PATHS.contains(bare) || ROOTS.stream().anyMatch(path::startsWith);
  }
}
