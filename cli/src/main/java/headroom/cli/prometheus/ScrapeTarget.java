package headroom.cli.prometheus;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A page of metrics that is read again and again.
 *
 * @param service whose page it is
 * @param instance which process of it; host and port unless told
 * @param tokenFile holds what the page asks for as a bearer token; null when it asks for nothing
 */
public record ScrapeTarget(
    URI url, String service, String instance, Duration interval, @Nullable Path tokenFile) {
  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(15);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  public ScrapeTarget {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "a url must look like http://127.0.0.1:8081/metrics, got '" + url + "'");
    }
    if (service.isBlank()) {
      throw new IllegalArgumentException("service must not be empty");
    }
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("interval must be within 1s..5m, got " + interval);
    }
  }

  /** The name of an instance that is told none. */
  public static String hostAndPort(URI url) {
    return url.getAuthority() == null ? "" : url.getAuthority();
  }
}
