package headroom.load.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.plan.Fault;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultProxyTest {
  private static final byte[] PING = "0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private ServerSocket echo;
  private FaultProxy proxy;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    proxy = new FaultProxy(0, (InetSocketAddress) echo.getLocalSocketAddress(), 1);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException broken) {
                return;
              }
            });
      }
    } catch (IOException closed) {
      return;
    }
  }

  @Test
  void withoutAFaultBytesPassUnchanged() throws Exception {
    try (Socket socket = connect()) {
      byte[] much = new byte[3_000_000];
      new java.util.SplittableRandom(1).nextBytes(much);
      Thread.ofVirtual()
          .start(() -> {
            try {
              socket.getOutputStream().write(much);
              socket.getOutputStream().flush();
            } catch (IOException broken) {
              return;
            }
          });
      byte[] back = new byte[much.length];
      new DataInputStream(socket.getInputStream()).readFully(back);
      assertThat(back).isEqualTo(much);
      assertThat(proxy.connectionsAccepted()).isEqualTo(1);
      assertThat(proxy.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void latencyIsAddedInBothDirectionsAndRemovedAgain() throws Exception {
    try (Socket socket = connect()) {
      ping(socket);
      proxy.set(new Fault.Latency(Duration.ofMillis(60), Duration.ofMillis(20)));
      assertThat(ping(socket)).isGreaterThanOrEqualTo(0.12);
      proxy.set();
      // A busy machine may need several; a latency that stayed would never let one through.
      double quick = ping(socket);
      while (quick >= 0.12) {
        quick = ping(socket);
      }
    }
  }

  @Test
  void bandwidthHoldsBackWhatIsMore() throws Exception {
    proxy.set(new Fault.Bandwidth(100));
    try (Socket socket = connect()) {
      // Ten bytes at a hundred a second, there and back.
      assertThat(ping(socket)).isGreaterThanOrEqualTo(0.2);
    }
  }

  @Test
  void aBlackHoleSwallowsAndDoesNotHangUp() throws Exception {
    try (Socket socket = connect()) {
      ping(socket);
      proxy.set(new Fault.BlackHole());
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> ping(socket)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aResetEndsOpenConnectionsAndRefusesNewOnes() throws Exception {
    try (Socket socket = connect()) {
      ping(socket);
      proxy.set(new Fault.Reset());
      assertThatThrownBy(() -> ping(socket)).isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> {
                try (Socket another = connect()) {
                  ping(another);
                }
              })
          .isInstanceOf(IOException.class);
    }
    proxy.set();
    try (Socket again = connect()) {
      ping(again);
    }
  }

  @Test
  void aConnectionIsCutAfterSoManyBytes() throws Exception {
    proxy.set(new Fault.CutAfter(15));
    try (Socket socket = connect()) {
      ping(socket);
      socket.getOutputStream().write(PING);
      byte[] rest = new byte[5];
      new DataInputStream(socket.getInputStream()).readFully(rest);
      assertThat(rest).asString().isEqualTo("01234");
      assertThatThrownBy(() -> new DataInputStream(socket.getInputStream()).readFully(rest))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFlappingTargetIsDownAndUpByTurns() throws Exception {
    var flapping = new Fault.Flapping(Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(flapping.isDown(0)).isTrue();
    assertThat(flapping.isDown(1_999_999_999L)).isTrue();
    assertThat(flapping.isDown(2_000_000_000L)).isFalse();
    assertThat(flapping.isDown(4_999_999_999L)).isFalse();
    assertThat(flapping.isDown(5_000_000_000L)).isTrue();
    proxy.set(new Fault.Flapping(Duration.ofSeconds(2), Duration.ofMinutes(1)));
    boolean failed = false;
    boolean passed = false;
    while (!passed) {
      try (Socket socket = connect()) {
        ping(socket);
        passed = true;
      } catch (IOException down) {
        failed = true;
      }
    }
    assertThat(failed).isTrue();
  }

  @Test
  void aSlowCloseIsLearntOfLater() throws Exception {
    proxy.set(new Fault.SlowClose(Duration.ofMillis(150)));
    try (Socket socket = connect()) {
      ping(socket);
      long begun = System.nanoTime();
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat((System.nanoTime() - begun) * 1e-9).isGreaterThanOrEqualTo(0.15);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Sends ten bytes and waits for them to come back; how long that took, in seconds. */
  private static double ping(Socket socket) throws IOException {
    long begun = System.nanoTime();
    socket.getOutputStream().write(PING);
    byte[] back = new byte[PING.length];
    new DataInputStream(socket.getInputStream()).readFully(back);
    assertThat(back).isEqualTo(PING);
    return (System.nanoTime() - begun) * 1e-9;
  }
}
