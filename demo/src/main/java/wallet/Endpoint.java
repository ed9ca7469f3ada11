package wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One path of the API with one method; JSON in, JSON out. */
final class Endpoint extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOGGER = Logger.getLogger(Endpoint.class.getName());
  private static final int LONGEST_BODY_BYTES = 64 * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final String method;
  private final transient Handler handler;

  Endpoint(String method, Handler handler) {
    this.method = method;
    this.handler = handler;
  }

  /** Answers a request with something that JSON can show. */
  @FunctionalInterface
  interface Handler {
    Object handle(Request request) throws SQLException, IOException;
  }

  /** What a handler may ask of a request. */
  record Request(HttpServletRequest http) {
    private static final String BEARER = "Bearer ";

    /** A text or number of the body; refuses when it is missing. */
    String text(JsonNode body, String field) {
      var value = body.path(field);
      if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
        throw new Refusal(400, "'" + field + "' is missing");
      }
      return value.asText();
    }

    JsonNode body() throws IOException {
      byte[] bytes = http.getInputStream().readNBytes(LONGEST_BODY_BYTES + 1);
      if (bytes.length > LONGEST_BODY_BYTES) {
        throw new Refusal(413, "a body has at most " + LONGEST_BODY_BYTES + " bytes");
      }
      try {
        return JSON.readTree(bytes);
      } catch (JsonProcessingException e) {
        throw new Refusal(400, "the body is not JSON");
      }
    }

    String token() {
      String header = http.getHeader("Authorization");
      if (header == null || !header.startsWith(BEARER)) {
        throw new Refusal(401, "sign in first");
      }
      return header.substring(BEARER.length());
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals(method)) {
      response.setHeader("Allow", method);
      write(response, 405, Map.of("error", "use " + method));
      return;
    }
    try {
      write(response, 200, handler.handle(new Request(request)));
    } catch (Refusal e) {
      write(response, e.status(), Map.of("error", e.reason()));
    } catch (SQLTransientConnectionException e) {
      write(response, 503, Map.of("error", "no connection to the database in time"));
    } catch (SQLException e) {
      LOGGER.log(Level.WARNING, request.getRequestURI(), e);
      write(response, 500, Map.of("error", "the database failed"));
    }
  }

  private static void write(HttpServletResponse response, int status, Object body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
