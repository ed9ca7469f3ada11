package headroom.load.draft;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A recording as browsers write it. */
final class Har {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode root = MAPPER.createObjectNode();
  private final ArrayNode entries = root.putObject("log").put("version", "1.2").putArray("entries");
  private Instant now = Instant.parse("2026-11-01T10:00:00Z");

  /** The entry written last. */
  private ObjectNode entry = MAPPER.createObjectNode();

  Har page(String id, String title) {
    ((ObjectNode) root.get("log")).withArray("pages").addObject().put("id", id).put("title", title);
    return this;
  }

  Har pause(int millis) {
    now = now.plusMillis(millis);
    return this;
  }

  Har exchange(String page, String method, String url, int status, String type, String text) {
    entry = entries.addObject();
    entry.put("startedDateTime", now.toString()).put("time", 50).put("pageref", page);
    ObjectNode request = entry.putObject("request").put("method", method).put("url", url);
    request.putArray("headers").addObject().put("name", "User-Agent").put("value", "Browser");
    ObjectNode response = entry.putObject("response").put("status", status);
    response.putArray("headers");
    response.putObject("content").put("mimeType", type).put("text", text);
    now = now.plusMillis(60);
    return this;
  }

  Har header(String name, String value) {
    ((ArrayNode) entry.at("/request/headers")).addObject().put("name", name).put("value", value);
    return this;
  }

  Har responseHeader(String name, String value) {
    ((ArrayNode) entry.at("/response/headers")).addObject().put("name", name).put("value", value);
    return this;
  }

  Har body(String type, String text) {
    ((ObjectNode) entry.get("request"))
        .putObject("postData")
        .put("mimeType", type)
        .put("text", text);
    return this;
  }

  @Override
  public String toString() {
    return root.toString();
  }

  /** A visit: sign in with a hidden field, take a token, order and pay. */
  static String shop(String origin) {
    return new Har()
        .page("p1", "Sign in")
        .page("p2", "Shop")
        .exchange(
            "p1",
            "GET",
            origin + "/sign-in",
            200,
            "text/html; charset=utf-8",
            "<form>\n<input type=\"hidden\" name=\"_csrf\" value=\"csrfRECORDED11\">")
        .exchange("p1", "GET", origin + "/style.css?v=3", 200, "text/css", "")
        .exchange("p1", "GET", origin + "/logo", 200, "image/png", "")
        .exchange("p1", "GET", "https://tracker.test/t?x=1", 200, "application/json", "{}")
        .pause(600)
        .exchange("p1", "POST", origin + "/sign-in", 302, "text/html", "")
        .body(
            "application/x-www-form-urlencoded",
            "user=ann%40shop.test&password=hunter2&_csrf=csrfRECORDED11")
        .responseHeader("Set-Cookie", "sid=sidRECORDED22; HttpOnly")
        .responseHeader("Location", "/home")
        .exchange(
            "p2",
            "GET",
            origin + "/api/session",
            200,
            "application/json",
            "{\"session\":{\"accessToken\":\"tokenRECORDED77\"},\"currency\":\"EUR\"}")
        .header("Cookie", "sid=sidRECORDED22")
        .pause(800)
        .exchange("p2", "POST", origin + "/api/orders", 201, "application/json", "{\"id\":40417}")
        .header("Authorization", "Bearer tokenRECORDED77")
        .body("application/json", "{\"currency\":\"EUR\",\"amount\":3,\"note\":\"a ${b}\"}")
        .exchange("p2", "GET", origin + "/api/orders/40417", 200, "application/json", "{}")
        .header("Authorization", "Bearer tokenRECORDED77")
        .exchange("p2", "POST", origin + "/api/payments", 200, "application/json", "{}")
        .body("application/json", "{\"order\":40417}")
        .toString();
  }
}
