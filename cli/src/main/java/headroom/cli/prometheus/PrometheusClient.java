package headroom.cli.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.terminal.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Prometheus through its query API: one question at a time, and after each answer it leaves
 * Prometheus alone for as long as the answer took.
 */
public final class PrometheusClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 4;
  private static final long FIRST_WAIT_MILLIS = 500;

  private final URI base;
  private final @Nullable String authorization;
  private final LongSupplier nanoTime;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private long restUntilNanos;
  private long busyNanos;

  /**
   * @param authorization the header of that name; null when none is asked for
   */
  public PrometheusClient(URI base, @Nullable String authorization, LongSupplier nanoTime) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    this.authorization = authorization;
    this.nanoTime = nanoTime;
    this.restUntilNanos = nanoTime.getAsLong();
  }

  /** Is given an answer while it arrives. */
  public interface Answer {
    void read(InputStream body) throws IOException;
  }

  /** Prometheus found the question too large: it may answer a smaller one. */
  public static final class TooMuchException extends Exception {
    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
      super(message);
    }
  }

  /** The names of all metrics that this selector has had in a span of time. */
  public List<String> names(String selector, Instant from, Instant to)
      throws InterruptedException, TooMuchException {
    List<String> names = new ArrayList<>();
    String form = form("match[]", selector, "start", from.toString(), "end", to.toString());
    ask(
        HttpRequest.newBuilder(URI.create(base + "/api/v1/label/__name__/values?" + form)).GET(),
        body -> {
          for (JsonNode name : JSON.readTree(body).path("data")) {
            names.add(name.asText());
          }
        });
    return names;
  }

  /** The values of a selector on a grid of steps, both ends included. */
  public void range(String query, Instant from, Instant to, Duration step, Answer answer)
      throws InterruptedException, TooMuchException {
    String form =
        form(
            "query",
            query,
            "start",
            from.toString(),
            "end",
            to.toString(),
            "step",
            Double.toString(step.toMillis() / 1e3));
    ask(
        HttpRequest.newBuilder(URI.create(base + "/api/v1/query_range"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)),
        answer);
  }

  /** How long answers took together: the load that was made. */
  public Duration busy() {
    return Duration.ofNanos(busyNanos);
  }

  private static String form(String... namesAndValues) {
    var form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(namesAndValues[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private void ask(HttpRequest.Builder request, Answer answer)
      throws InterruptedException, TooMuchException {
    request.timeout(LONGEST_ANSWER).header("accept", "application/json");
    if (authorization != null) {
      request.header("authorization", authorization);
    }
    HttpRequest built = request.build();
    for (int attempt = 1; ; attempt++) {
      rest();
      long beganNanos = nanoTime.getAsLong();
      try {
        HttpResponse<InputStream> response =
            client.send(built, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
          if (response.statusCode() == 200) {
            answer.read(body);
            return;
          }
          refused(
              response.statusCode(), new String(body.readNBytes(2_000), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new UserError(
              "no usable answer from %s: %s".formatted(base, describe(e)),
              "What was imported before stays. Run the same command again to go on from there.");
        }
        Thread.sleep(FIRST_WAIT_MILLIS << attempt);
      } finally {
        long now = nanoTime.getAsLong();
        busyNanos += now - beganNanos;
        restUntilNanos = now + (now - beganNanos);
      }
    }
  }

  private void rest() throws InterruptedException {
    long left = restUntilNanos - nanoTime.getAsLong();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /** Tells what sending again may mend from what it does not. */
  private void refused(int status, String body) throws IOException, TooMuchException {
    String told = body.strip();
    try {
      told = JSON.readTree(body).path("error").asText(told);
    } catch (IOException notJson) {
      told = told.isEmpty() ? "nothing" : told;
    }
    if (status == 422 || status == 413) {
      throw new TooMuchException(told);
    }
    if (status == 401 || status == 403) {
      throw new UserError(
          "%s answered %d".formatted(base, status),
          "Give it a token in HEADROOM_PROMETHEUS_TOKEN or with --token-file, or a name with"
              + " --user and the password in HEADROOM_PROMETHEUS_PASSWORD.");
    }
    if (status >= 400 && status < 500 && status != 429 && status != 408) {
      throw new UserError(
          "%s answered %d: %s".formatted(base, status, told),
          "Is it the address of a Prometheus, as in http://prometheus:9090?");
    }
    throw new IOException("it answered %d: %s".formatted(status, told));
  }

  private static String describe(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
