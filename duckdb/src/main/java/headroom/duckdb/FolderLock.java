package headroom.duckdb;

import headroom.duckdb.StoreUnavailableException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to a folder: a lock of the operating system on the file {@code lock} in
 * it, which ends with the process however it ends, so a lock never goes stale. The file's text
 * names the holder for whoever comes second.
 */
final class FolderLock implements AutoCloseable {
  /**
   * What this process holds. Asked before the file is touched: to close a second descriptor of a
   * locked file gives up the lock of the whole process.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Creates the folder where it is missing, and takes it. */
  static FolderLock take(Path path) throws StoreUnavailableException {
    Path folder = prepare(path);
    if (!HELD.add(folder)) {
      throw heldBy(folder, "this very process (" + ProcessHandle.current().pid() + ")");
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw heldBy(folder, holder(channel));
      }
      sign(channel);
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      release(folder, channel);
      throw notWritable(path, e);
    } catch (StoreUnavailableException e) {
      release(folder, channel);
      throw e;
    }
  }

  private static Path prepare(Path path) throws StoreUnavailableException {
    try {
      Files.createDirectories(path);
      return path.toRealPath();
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static StoreUnavailableException notWritable(Path path, Exception cause) {
    return new StoreUnavailableException(
        Reason.NOT_WRITABLE,
        "data folder %s cannot be created or written (%s); make it writable or choose another with --data"
            .formatted(path.toAbsolutePath(), cause),
        cause);
  }

  private static StoreUnavailableException heldBy(Path folder, String holder) {
    return new StoreUnavailableException(
        Reason.HELD,
        "data folder %s is held by %s; stop that one first or choose another folder with --data"
            .formatted(folder, holder));
  }

  private static void sign(FileChannel channel) throws IOException {
    var self = ProcessHandle.current();
    String text =
        "pid %d%nstarted %s%ncommand %s%n"
            .formatted(
                self.pid(),
                self.info().startInstant().map(Object::toString).orElse("unknown"),
                self.info().commandLine().orElse("unknown"));
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** Who holds the lock, from the lines it left: {@code process 4711 (command …, started …)}. */
  private static String holder(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(4_096);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    String pid = "of unknown number";
    StringBuilder more = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("pid ")) {
        pid = line.substring(4);
      } else if (!line.isBlank() && !line.endsWith(" unknown")) {
        more.append(more.isEmpty() ? "" : ", ").append(line, 0, Math.min(200, line.length()));
      }
    }
    return "process " + pid + (more.isEmpty() ? "" : " (" + more + ")");
  }

  /** The folder's real path. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    release(folder, channel);
  }

  private static void release(Path folder, @Nullable FileChannel channel) {
    HELD.remove(folder);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock ends with the process at the latest; nothing was written that could be lost.
      }
    }
  }
}
