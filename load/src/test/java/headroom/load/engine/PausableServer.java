package headroom.load.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The main class of a server in a process of its own, so that it can be stopped with a signal. It
 * prints its port, answers every read with a small JSON object, and ends with its standard input.
 */
final class PausableServer {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"ok\":true}"
          .getBytes(StandardCharsets.US_ASCII);

  private PausableServer() {}

  public static void main(String[] arguments) throws IOException {
    Thread.ofPlatform().daemon().start(PausableServer::exitWithInput);
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
      serve(selector, server);
    }
  }

  private static void serve(Selector selector, ServerSocketChannel server) throws IOException {
    ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          SocketChannel accepted = server.accept();
          if (accepted != null) {
            accepted.configureBlocking(false);
            accepted.register(selector, SelectionKey.OP_READ);
          }
        } else if (!answer((SocketChannel) key.channel(), in, out)) {
          key.channel().close();
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private static boolean answer(SocketChannel channel, ByteBuffer in, ByteBuffer out) {
    try {
      in.clear();
      if (channel.read(in) < 0) {
        return false;
      }
      out.flip();
      out.limit(ANSWER.length);
      channel.write(out);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void exitWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // As good as an end.
    }
    System.exit(0);
  }
}
