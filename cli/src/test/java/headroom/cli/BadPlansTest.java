package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code headroom test} says, and with which exit code, when plan or target are no good. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BadPlansTest {
  @TempDir Path folder;

  @Test
  void aTargetThatIsNotThere() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Run run = test("http://127.0.0.1:" + port, "");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("nothing accepts connections at port " + port);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aHostWithoutAddress() throws Exception {
    Run run = test("http://no-such-host.invalid", "");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("no address is known for no-such-host.invalid");
  }

  @Test
  void aTargetThatClosesEveryConnection() throws Exception {
    try (var server = new Server((in, out) -> {})) {
      Run run = test(server.url(), "objectives: { errors: 1% }");

      assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
      assertThat(run.out()).contains("INVALID").contains("not one of 20 requests was answered");
    }
  }

  @Test
  void aTargetThatIsNoHttp() throws Exception {
    try (var server =
        new Server((in, out) -> {
          readHead(in);
          out.write("220 mail.example.org ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
      Run run = test(server.url(), "");

      assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
      assertThat(run.out()).contains("malformed answer").contains("220 mail.example.org");
    }
  }

  @Test
  void aTargetThatIsNoTls() throws Exception {
    try (var server = new Server((in, out) -> out.write(answer("200 OK", "", "{}")))) {
      Run run = test(server.url().replace("http:", "https:"), "");

      assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
      assertThat(run.err()).contains("TLS failed").contains("plain http");
    }
  }

  @ParameterizedTest
  @CsvSource({"objectives: { errors: 1% }", "''", "'stop: { errors: 50%, for: 1s }'"})
  void errorsOnly(String rest) throws Exception {
    try (var server = answering(answer("500 Oops", "", "no"))) {
      Run run = test(server.url(), rest);

      assertThat(run.code()).isEqualTo(ExitCode.NO);
      assertThat(run.out()).contains("FAILED").contains("status 500 (20)");
    }
  }

  @Test
  void redirectsInCircles() throws Exception {
    try (var server = answering(answer("302 Found", "location: /again\r\n", ""))) {
      Run followed = test(server.url(), "redirects: follow");

      assertThat(followed.code()).isEqualTo(ExitCode.NO);
      assertThat(followed.out()).contains("more than 10 redirects").contains("/again to /again");

      Run failed = test(server.url(), "");

      assertThat(failed.code()).isEqualTo(ExitCode.NO);
      assertThat(failed.out()).contains("302 to /again; say redirects: follow");
    }
  }

  @Test
  void endlessBodies() throws Exception {
    byte[] chunk = new byte[1 << 16];
    try (var server =
        new Server((in, out) -> {
          if (readHead(in)) {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
              out.write(chunk);
            }
          }
        })) {
      Run run = test(server.url(), "connections: 2");

      assertThat(run.code()).isEqualTo(ExitCode.NO);
      assertThat(run.out()).contains("answer too large");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rate: 99999999/s, at most 1000000/s",
    "rate: -5/s, a rate must look like",
    "rate: fast, a rate must look like",
    "rate: 0/s, not one user arrives",
    "rat: 5/s, did you mean 'rate'"
  })
  void impossibleRates(String rate, String answer) throws Exception {
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        target: http://127.0.0.1:1
        journeys: { look: [ get: / ] }
        profile: [ steady: { %s, for: 1s } ]
        """
            .formatted(rate));
    Run run = Run.of("test", plan.toString());

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("line 3").contains(answer);
  }

  private Run test(String target, String rest) throws IOException {
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        target: %s
        journeys: { look: [ get: / ] }
        profile: [ steady: { rate: 40/s, for: 500ms } ]
        %s
        """
            .formatted(target, rest));
    return Run.of("test", plan.toString());
  }

  private static byte[] answer(String status, String headers, String body) {
    return "HTTP/1.1 %s\r\ncontent-length: %d\r\n%s\r\n%s"
        .formatted(status, body.length(), headers, body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Server answering(byte[] answer) throws IOException {
    return new Server((in, out) -> {
      while (readHead(in)) {
        // So long that no generator is as late, which would make a run invalid.
        LockSupport.parkNanos(1_000_000_000);
        out.write(answer);
      }
    });
  }

  /** Reads the head of a request; false at the end of the connection. */
  private static boolean readHead(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
    return true;
  }

  private interface Behaviour {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  /** Bare sockets that behave as badly as they are told to. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

    Server(Behaviour behaviour) throws IOException {
      Thread.ofVirtual()
          .start(() -> {
            while (!server.isClosed()) {
              try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(behaviour, socket));
              } catch (IOException closed) {
                return;
              }
            }
          });
    }

    private static void serve(Behaviour behaviour, Socket socket) {
      try (socket) {
        behaviour.serve(socket.getInputStream(), socket.getOutputStream());
      } catch (IOException closed) {
        // As clients do.
        return;
      }
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
