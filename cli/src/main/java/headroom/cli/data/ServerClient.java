package headroom.cli.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.terminal.UserError;
import headroom.model.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a running server through its API. */
public final class ServerClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI base;
  private final @Nullable String token;

  public ServerClient(URI base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  /** The document at this path and query, such as {@code /api/v1/walls?at=3,10}. */
  public JsonNode get(String pathAndQuery) throws InterruptedException {
    return send(base.resolve(pathAndQuery), HttpRequest.newBuilder().GET());
  }

  /** Tells it of an event. */
  public void post(Event event) throws InterruptedException {
    var document = JSON.createObjectNode();
    document.put("kind", event.kind());
    document.put("at", event.at().toString());
    document.put("subject", event.subject());
    var attributes = document.putObject("attributes");
    event.attributes().forEach(attributes::put);
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document.toString()));
    JsonNode unused = send(base.resolve("/api/v1/events"), request);
  }

  private JsonNode send(URI address, HttpRequest.Builder request) throws InterruptedException {
    request.uri(address).timeout(TIMEOUT);
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200 && response.statusCode() != 201) {
        throw refused(address, response.statusCode(), response.body());
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new UserError(
          address + " did not answer with JSON",
          "Is it Headroom's own address? It is the first URL that `headroom serve` prints.");
    } catch (IOException e) {
      throw new UserError(
          "no answer from " + address + ": " + describe(e),
          "Start it with `headroom serve`, or read a folder with --data DIR.");
    }
  }

  private static UserError refused(URI address, int status, String body) {
    if (status == 401 || status == 403) {
      return new UserError(
          "%s answered %d".formatted(address, status),
          "The server wants a token: pass it with --token, or in HEADROOM_TOKEN.");
    }
    JsonNode error = errorIn(body);
    return error.has("message")
        ? new UserError(error.path("message").asText(), error.path("next").asText())
        : new UserError(
            "%s answered %d".formatted(address, status),
            body.length() <= 300 ? body : body.substring(0, 300));
  }

  /** What the API says went wrong; nothing when somebody else answered. */
  private static JsonNode errorIn(String body) {
    try {
      return JSON.readTree(body).path("error");
    } catch (JsonProcessingException nobodyWeKnow) {
      return JSON.missingNode();
    }
  }

  private static String describe(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
