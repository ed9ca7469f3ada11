package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One exchange of a recording.
 *
 * @param millis from sending to the last byte
 * @param page the page it belongs to; empty for none
 * @param resourceType what the browser took it for; empty where it does not say
 * @param requestType the content type of the request's body; empty without one
 */
record Recorded(
    Instant started,
    double millis,
    String page,
    String resourceType,
    String method,
    URI uri,
    List<Field> headers,
    String requestType,
    String requestBody,
    List<Field> form,
    int status,
    List<Field> responseHeaders,
    String responseType,
    String responseBody) {
  Recorded {
    headers = List.copyOf(headers);
    form = List.copyOf(form);
    responseHeaders = List.copyOf(responseHeaders);
  }

  /** A header or a field of a form. */
  record Field(String name, String value) {}

  /** An entry of a HAR; empty when it has no usable address or time. */
  static Optional<Recorded> of(JsonNode entry) {
    JsonNode request = entry.path("request");
    JsonNode response = entry.path("response");
    JsonNode content = response.path("content");
    try {
      URI uri = URI.create(request.path("url").asText().replace("|", "%7C").replace(" ", "%20"));
      if (uri.getHost() == null) {
        return Optional.empty();
      }
      JsonNode post = request.path("postData");
      return Optional.of(
          new Recorded(
              OffsetDateTime.parse(entry.path("startedDateTime").asText()).toInstant(),
              Math.max(0, entry.path("time").asDouble()),
              entry.path("pageref").asText(),
              entry.path("_resourceType").asText(),
              request.path("method").asText().toUpperCase(Locale.ROOT),
              uri,
              fields(request.path("headers")),
              post.path("mimeType").asText(),
              post.path("text").asText(),
              form(post),
              response.path("status").asInt(),
              fields(response.path("headers")),
              content.path("mimeType").asText().toLowerCase(Locale.ROOT),
              body(content)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static List<Field> fields(JsonNode list) {
    var fields = new ArrayList<Field>();
    list.forEach(f -> fields.add(new Field(f.path("name").asText(), f.path("value").asText())));
    return fields;
  }

  /** From the list of parameters, or from the text where a browser wrote only that. */
  private static List<Field> form(JsonNode post) {
    List<Field> fields = fields(post.path("params"));
    boolean encoded = post.path("mimeType").asText().contains("x-www-form-urlencoded");
    if (!encoded) {
      return fields;
    }
    String text = post.path("text").asText();
    var parsed = new ArrayList<Field>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      parsed.add(
          new Field(
              decode(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : decode(pair.substring(equals + 1))));
    }
    return parsed.isEmpty() ? fields : parsed;
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String body(JsonNode content) {
    String text = content.path("text").asText();
    return content.path("encoding").asText().equals("base64")
        ? new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8)
        : text;
  }

  /** {@code https://host:port} in one spelling. */
  String origin() {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  Instant ended() {
    return started.plusNanos((long) (millis * 1e6));
  }

  boolean isWrite() {
    return !List.of("GET", "HEAD", "OPTIONS").contains(method);
  }

  /** What a browser fetches to draw a page and a cache in front of the service answers. */
  boolean isStatic() {
    if (List.of("image", "font", "stylesheet", "script", "media", "manifest", "texttrack")
        .contains(resourceType)) {
      return true;
    }
    String path = String.valueOf(uri.getPath()).toLowerCase(Locale.ROOT);
    return !isWrite()
        && (path.matches(
                ".*\\.(js|mjs|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|mp[34]|webm|wasm|webmanifest)")
            || responseType.matches(
                "(image|font|audio|video)/.*|text/css.*|.*javascript.*|.*wasm.*"));
  }
}
