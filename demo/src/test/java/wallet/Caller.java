package wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A customer at the HTTP interface. */
final class Caller implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private String token = "";

  Caller(int port) {
    this.port = port;
  }

  record Answer(int status, JsonNode body) {}

  /** Signs in as a seeded user and stays so. */
  Caller as(int user) throws IOException, InterruptedException {
    var answer = post("/login", "{\"user\":\"user-" + user + "\",\"pin\":\"1234\"}");
    token = answer.body().path("token").asText();
    return this;
  }

  void token(String value) {
    token = value;
  }

  String token() {
    return token;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer exchange(String from, String to, String amount) throws IOException, InterruptedException {
    return post(
        "/exchange",
        "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":\"%s\"}".formatted(from, to, amount));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  @Override
  public void close() {
    http.close();
  }
}
