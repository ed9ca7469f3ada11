package headroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessTest {
  private static final String TOKEN = "0123456789abcdef";

  @Test
  void asksForTheTokenInAHeaderOrACookie() throws Exception {
    try (var server = TestServer.showing(TestServer.OPTIONS.withToken(TOKEN))) {
      assertThat(server.get("/api/v1/walls").statusCode()).isEqualTo(401);
      assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(server.get("/").headers().firstValue("location")).hasValue("/signin");
      assertThat(server.get("/signin").body()).contains("Token");
      assertThat(server.get("/api/v1/walls", "authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);

      String form = "application/x-www-form-urlencoded";
      String url = server.at().web() + "/signin";
      var wrong = server.send(url, form, BodyPublishers.ofString("token=0123456789abcdeX"));
      assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
      var right = server.send(url, form, BodyPublishers.ofString("token=" + TOKEN));
      String cookie = right.headers().firstValue("set-cookie").orElseThrow();
      // Names of cookie attributes are not case-sensitive.
      assertThat(cookie)
          .containsIgnoringCase("HttpOnly")
          .contains("SameSite=Strict")
          .doesNotContain(TOKEN);
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(server.get("/api/v1/walls", "cookie", pair).statusCode()).isEqualTo(200);
      assertThat(server.get("/api/v1/walls", "cookie", "headroom=" + TOKEN).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void isNotReachedThroughAForeignName() {
    var check = new HostCheck("127.0.0.1", Set.of("headroom.example.com"), false);
    assertThat(check.accepts("127.0.0.1:8080")).isTrue();
    assertThat(check.accepts("LOCALHOST:8080")).isTrue();
    assertThat(check.accepts("localhost.")).isTrue();
    assertThat(check.accepts("[::1]:8080")).isTrue();
    assertThat(check.accepts("headroom.example.com")).isTrue();
    assertThat(check.accepts("evil.example.com:8080")).isFalse();
    assertThat(check.accepts("127.0.0.1.evil.example.com")).isFalse();
    assertThat(check.accepts(null)).isFalse();
    assertThat(new HostCheck("0.0.0.0", Set.of(), true).accepts("anything")).isTrue();
  }

  @Test
  void refusesToBeReachableWithoutAToken() {
    assertThatThrownBy(() -> ServerOptions.DEFAULT.withHost("0.0.0.0", null))
        .hasMessageContaining("token is required");
    assertThatThrownBy(() -> ServerOptions.DEFAULT.withPorts(70_000, -1, 0))
        .hasMessageContaining("got 70000")
        .hasMessageContaining("got -1");
    assertThat(ServerOptions.DEFAULT.withHost("0.0.0.0", TOKEN).host()).isEqualTo("0.0.0.0");
  }
}
