package headroom.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read of a file, tells of it every mebibyte, and remembers if reading failed. */
final class ProgressInputStream extends FilterInputStream {
  private static final long STEP_BYTES = 1 << 20;

  private final long totalBytes;
  private final ReadProgress progress;
  private long readBytes;
  private long toldBytes;
  private boolean failed;

  ProgressInputStream(InputStream in, long totalBytes, ReadProgress progress) {
    super(in);
    this.totalBytes = totalBytes;
    this.progress = progress;
  }

  /** Whether the file itself could not be read, rather than what stands in it. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(target, offset, length);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
    readBytes += Math.max(0, read);
    boolean atEnd = read < 0 && toldBytes < readBytes;
    if (atEnd || readBytes - toldBytes >= STEP_BYTES) {
      toldBytes = readBytes;
      progress.progress(readBytes, totalBytes);
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("what is skipped would not be counted");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
