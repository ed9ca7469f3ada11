package headroom.load.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a server in a process of its own, so that it can be stopped with a signal. It
 * prints its port and answers every request, whose path is a number, with a small JSON object. When
 * its standard input ends, it prints what it saw and ends: a line for each request with its number,
 * when it came and when the next one came on the same connection, 0 for none, as {@link
 * System#nanoTime} tells, which all processes of a machine read from one clock.
 */
final class PausableServer {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"ok\":true}"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int PATH_AT = "GET /".length();

  private final List<Seen> seen = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
  private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
  private volatile boolean over;

  private PausableServer() {}

  private static final class Seen {
    final long number;
    final long atNanos;
    long nextNanos;

    Seen(long number, long atNanos) {
      this.number = number;
      this.atNanos = atNanos;
    }
  }

  public static void main(String[] arguments) throws IOException {
    var itself = new PausableServer();
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
      Thread.ofPlatform().daemon().start(() -> itself.endWithInput(selector));
      itself.serve(selector, server);
    }
    itself.print(System.out);
  }

  private void serve(Selector selector, ServerSocketChannel server) throws IOException {
    while (!over) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          SocketChannel accepted = server.accept();
          if (accepted != null) {
            accepted.configureBlocking(false);
            accepted.register(selector, SelectionKey.OP_READ);
          }
        } else if (!answer(key)) {
          key.channel().close();
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private boolean answer(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      in.clear();
      if (channel.read(in) < 0) {
        return false;
      }
      note(key, System.nanoTime());
      out.flip();
      out.limit(ANSWER.length);
      channel.write(out);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void note(SelectionKey key, long nowNanos) {
    long number = 0;
    for (int i = PATH_AT; Character.isDigit(in.get(i)); i++) {
      number = 10 * number + in.get(i) - '0';
    }
    var request = new Seen(number, nowNanos);
    @Nullable Object before = key.attach(request);
    if (before instanceof Seen last) {
      last.nextNanos = nowNanos;
    }
    seen.add(request);
  }

  private void print(PrintStream to) {
    var text = new StringBuilder();
    for (Seen one : seen) {
      text.append(one.number).append(' ').append(one.atNanos).append(' ').append(one.nextNanos);
      text.append('\n');
    }
    to.print(text);
    to.flush();
  }

  private void endWithInput(Selector selector) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // As good as an end.
    }
    over = true;
    selector.wakeup();
  }
}
