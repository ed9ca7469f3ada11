package headroom.cli.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import headroom.cli.terminal.UserError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ServerClientTest {
  @Test
  void saysWhatTheServerSaidIsWrong() throws Exception {
    assertRefusal(
        "{\"error\": {\"message\": \"no station 'x'\", \"next\": \"Ask for another.\"}}",
        "no station 'x'");
  }

  @Test
  void saysThatSomebodyElseAnswered() throws Exception {
    assertRefusal("<html>nothing here</html>", "/api/v1/walls answered 400");
  }

  private static void assertRefusal(String body, String message) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    try {
      var client =
          new ServerClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null);
      assertThatThrownBy(() -> client.get("/api/v1/walls"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(message);
    } finally {
      server.stop(0);
    }
  }
}
