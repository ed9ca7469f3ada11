package headroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** One JSON document on each line; empty lines count as lines, but are no records. */
final class JsonLines implements RecordSource {
  private static final int CHUNK_BYTES = 64 << 10;

  private final InputStream in;
  private final int maxRecordBytes;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int chunkPosition;
  private int chunkEnd;
  private byte[] line = new byte[CHUNK_BYTES];
  private int length;
  private long number;

  JsonLines(InputStream in, int maxRecordBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public boolean next() throws IOException, BadRecordException {
    boolean more;
    do {
      more = readLine();
    } while (more && isBlank());
    return more || !isBlank();
  }

  @Override
  public String place() {
    return "line " + number;
  }

  @Override
  public byte[] bytes() {
    return line;
  }

  @Override
  public int length() {
    return length;
  }

  /** Reads up to the next line feed; false when the file ended before one. */
  private boolean readLine() throws IOException, BadRecordException {
    length = 0;
    number++;
    boolean tooLong = false;
    while (true) {
      if (chunkPosition == chunkEnd) {
        chunkPosition = 0;
        chunkEnd = Math.max(0, in.read(chunk, 0, chunk.length));
        if (chunkEnd == 0) {
          requireFits(tooLong);
          return false;
        }
      }
      int end = chunkPosition;
      while (end < chunkEnd && chunk[end] != '\n') {
        end++;
      }
      int part = end - chunkPosition;
      tooLong |= length + part > maxRecordBytes;
      if (!tooLong) {
        append(part);
      }
      chunkPosition = end;
      if (end < chunkEnd) {
        chunkPosition++;
        requireFits(tooLong);
        return true;
      }
    }
  }

  private void append(int part) {
    if (length + part > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(maxRecordBytes, 2L * (length + part)));
    }
    System.arraycopy(chunk, chunkPosition, line, length, part);
    length += part;
  }

  private void requireFits(boolean tooLong) throws BadRecordException {
    if (tooLong) {
      length = 0;
      throw new BadRecordException(
          "is longer than %,d bytes".formatted(maxRecordBytes), chunkEnd == 0);
    }
  }

  private boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] > ' ' || line[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
