package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;

/** The body of every error: {@code {"error": {"message": …, "next": …}}}. */
public final class ErrorJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ErrorJson() {}

  /** A response that says what is wrong and what to do about it. */
  public static HttpResponse response(HttpStatus status, String message, String next) {
    var document = JSON.createObjectNode();
    document.putObject("error").put("message", message).put("next", next);
    return HttpResponse.of(status, MediaType.JSON_UTF_8, document.toString());
  }
}
