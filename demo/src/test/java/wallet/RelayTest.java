package wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final int PATIENCE_MILLIS = 60_000;
  // Fixed: the system's own would grow until the 16 MB of a test fit into them.
  private static final int BUFFER_BYTES = 64 * 1024;

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket();
    server.setReceiveBufferSize(BUFFER_BYTES);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Relay relay(Duration delay) throws IOException {
    return Relay.start((InetSocketAddress) server.getLocalSocketAddress(), delay);
  }

  private static Socket connect(Relay relay) throws IOException {
    var socket = new Socket();
    socket.setSendBufferSize(BUFFER_BYTES);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private Socket accept() throws IOException {
    var socket = server.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Test
  void everyWayTakesAtLeastTheDelay() throws Exception {
    var delay = Duration.ofMillis(15);
    try (var relay = relay(delay);
        var near = connect(relay);
        var far = accept()) {
      for (int i = 0; i < 5; i++) {
        long startNanos = System.nanoTime();
        near.getOutputStream().write(i);
        assertThat(far.getInputStream().read()).isEqualTo(i);
        far.getOutputStream().write(i + 100);
        assertThat(near.getInputStream().read()).isEqualTo(i + 100);
        assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(2 * delay.toNanos());
      }
    }
  }

  @Test
  void manyConnectionsKeepTheirBytesInOrder() throws Exception {
    try (var relay = relay(Duration.ofMillis(1));
        var threads = Executors.newCachedThreadPool()) {
      var work = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 10; i++) {
        int connection = i;
        var near = connect(relay);
        var far = accept();
        work.add(() -> send(near, connection));
        work.add(() -> check(far, connection));
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }

  private static Void send(Socket socket, int seed) throws IOException {
    var random = new SplittableRandom(seed);
    try (socket) {
      for (int chunk = 0; chunk < 50; chunk++) {
        var bytes = new byte[random.nextInt(1, 5_000)];
        random.nextBytes(bytes);
        socket.getOutputStream().write(bytes);
      }
    }
    return null;
  }

  private static Void check(Socket socket, int seed) throws IOException {
    var random = new SplittableRandom(seed);
    try (socket) {
      for (int chunk = 0; chunk < 50; chunk++) {
        var bytes = new byte[random.nextInt(1, 5_000)];
        random.nextBytes(bytes);
        assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
      }
      assertThat(socket.getInputStream().read()).as("the end").isEqualTo(-1);
    }
    return null;
  }

  @Test
  void oneSideMayEndWhileTheOtherGoesOn() throws Exception {
    try (var relay = relay(Duration.ofMillis(2));
        var near = connect(relay);
        var far = accept()) {
      near.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
      near.shutdownOutput();
      assertThat(far.getInputStream().readAllBytes()).asString().isEqualTo("question");
      far.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
      far.shutdownOutput();
      assertThat(near.getInputStream().readAllBytes()).asString().isEqualTo("answer");
    }
  }

  @Test
  void aSlowReaderHoldsTheSenderBackAndLosesNothing() throws Exception {
    int longs = 2_000_000;
    try (var relay = relay(Duration.ofMillis(1));
        var near = connect(relay);
        var far = accept()) {
      var sent = new CompletableFuture<Void>();
      Thread.ofPlatform()
          .start(() -> {
            try (var out = new DataOutputStream(new BufferedOutputStream(near.getOutputStream()))) {
              for (long i = 0; i < longs; i++) {
                out.writeLong(i);
              }
              sent.complete(null);
            } catch (IOException e) {
              sent.completeExceptionally(e);
            }
          });
      // 16 MB are more than the sockets' buffers and the relay take: the sender waits for us.
      assertThatThrownBy(() -> sent.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      var in = new DataInputStream(new BufferedInputStream(far.getInputStream()));
      for (long i = 0; i < longs; i++) {
        if (in.readLong() != i) {
          throw new AssertionError("out of order at " + i);
        }
      }
      assertThat(in.read()).isEqualTo(-1);
      sent.get();
    }
  }

  @Test
  void aResetOnOneSideEndsTheOther() throws Exception {
    try (var relay = relay(Duration.ofMillis(1))) {
      Socket far;
      try (var near = connect(relay)) {
        far = accept();
        near.getOutputStream().write(1);
        assertThat(far.getInputStream().read()).isEqualTo(1);
        // Closing it now resets the connection.
        near.setSoLinger(true, 0);
      }
      try (far) {
        assertThat(readOrReset(far)).isEqualTo(-1);
      }
    }
  }

  @Test
  void closingItEndsItsConnections() throws Exception {
    Socket near;
    Socket far;
    try (var relay = relay(Duration.ofMillis(1))) {
      near = connect(relay);
      far = accept();
    }
    try (near;
        far) {
      assertThat(readOrReset(near)).isEqualTo(-1);
      assertThat(readOrReset(far)).isEqualTo(-1);
    }
  }

  @Test
  void nobodyThereEndsTheConnection() throws Exception {
    try (var relay = relay(Duration.ofMillis(1))) {
      server.close();
      try (var near = connect(relay)) {
        assertThat(readOrReset(near)).isEqualTo(-1);
      }
    }
  }

  private static int readOrReset(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException e) {
      return -1;
    }
  }
}
