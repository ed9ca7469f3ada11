import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire to a local port on which every answer arrives some milliseconds late, as from a machine further away. It passes as
 * much as it is given: bytes wait side by side, not one behind the other.
 *
 * <p>{@code java Delay.java LISTEN TO FILE}: the file holds the milliseconds and is read anew five times a second.
 */
public class Delay {
  private static volatile long nanos;

  private record Piece(byte[] bytes, int length, long due) {}

  public static void main(String[] arguments) throws IOException {
    int to = Integer.parseInt(arguments[1]);
    Path file = Path.of(arguments[2]);
    read(file);
    Thread.ofPlatform().daemon().start(() -> follow(file));
    try (var server = new ServerSocket(Integer.parseInt(arguments[0]), 512, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket near = server.accept();
        Thread.ofPlatform().daemon().start(() -> join(near, to));
      }
    }
  }

  private static void join(Socket near, int to) {
    try {
      var far = new Socket(InetAddress.getLoopbackAddress(), to);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread.ofPlatform().daemon().start(() -> copyAtOnce(near, far));
      copyLate(far, near);
    } catch (IOException e) {
      close(near);
    }
  }

  private static void copyAtOnce(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // the other direction ends with it
    }
  }

  private static void copyLate(Socket from, Socket to) {
    var under = new LinkedBlockingQueue<Piece>();
    Thread.ofPlatform().daemon().start(() -> deliver(under, to));
    try {
      var in = from.getInputStream();
      while (true) {
        var bytes = new byte[16 * 1024];
        int length = in.read(bytes);
        under.add(new Piece(bytes, length, System.nanoTime() + nanos));
        if (length < 0) {
          return;
        }
      }
    } catch (IOException e) {
      under.add(new Piece(new byte[0], -1, System.nanoTime()));
    }
  }

  private static void deliver(LinkedBlockingQueue<Piece> under, Socket to) {
    try (to) {
      for (var piece = under.take(); piece.length >= 0; piece = under.take()) {
        for (long left = piece.due - System.nanoTime(); left > 0; left = piece.due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        to.getOutputStream().write(piece.bytes, 0, piece.length);
      }
    } catch (IOException | InterruptedException e) {
      // the other direction ends with it
    }
  }

  private static void follow(Path file) {
    while (true) {
      LockSupport.parkNanos(200_000_000);
      try {
        read(file);
      } catch (IOException | NumberFormatException e) {
        // being written; the next look finds it whole
      }
    }
  }

  private static void read(Path file) throws IOException {
    nanos = Math.round(Double.parseDouble(Files.readString(file).strip()) * 1e6);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing left to close
    }
  }
}
