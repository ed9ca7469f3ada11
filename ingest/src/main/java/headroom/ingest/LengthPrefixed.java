package headroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Messages that each follow their length as four bytes, the highest first: how the Collector's file
 * exporter writes protobuf, and JSON too when it packs it.
 */
final class LengthPrefixed implements RecordSource {
  private static final int FIRST_BYTES = 64 << 10;

  private final InputStream in;
  private final int maxRecordBytes;
  private byte[] record = new byte[FIRST_BYTES];
  private int length;
  private long number;

  LengthPrefixed(InputStream in, int maxRecordBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public boolean next() throws IOException, BadRecordException {
    number++;
    int prefix = in.readNBytes(record, 0, Integer.BYTES);
    if (prefix == 0) {
      return false;
    }
    if (prefix < Integer.BYTES) {
      throw new BadRecordException("the file ends within its length", true);
    }
    long announced = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      announced = announced << 8 | (record[i] & 0xFF);
    }
    if (announced > maxRecordBytes) {
      throw new BadRecordException(
          "its length of %,d bytes is more than %,d; nothing behind it can be read"
              .formatted(announced, maxRecordBytes),
          true);
    }
    read((int) announced);
    return true;
  }

  @Override
  public String place() {
    return "record " + number;
  }

  @Override
  public boolean isJson() {
    return false;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public byte[] bytes() {
    return record;
  }

  @Override
  public int length() {
    return length;
  }

  /** Makes room only as the bytes come: the length may be a lie. */
  private void read(int announced) throws IOException, BadRecordException {
    length = 0;
    while (length < announced) {
      if (length == record.length) {
        record = Arrays.copyOf(record, (int) Math.min(announced, 2L * length));
      }
      int part = Math.min(announced, record.length) - length;
      int read = in.readNBytes(record, length, part);
      length += read;
      if (read < part) {
        throw new BadRecordException(
            "the file ends after %,d of its %,d bytes".formatted(length, announced), true);
      }
    }
  }
}
