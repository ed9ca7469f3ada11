package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A JSON message in memory. JSON's fields come in any order, so what depends on a later field is
 * skipped at first and read again as a {@link Part} of its own, rather than kept.
 */
final class JsonSource {
  /** A value's place in the message, in bytes. */
  record Part(long from, long to) {}

  private byte[] bytes = {};
  private int start;
  private int length;

  /** Where the range that is being parsed begins: Jackson counts from there. */
  private long shift;

  void reset(byte[] message, int from, int messageLength) {
    bytes = message;
    start = from;
    length = messageLength;
    shift = 0;
  }

  JsonParser open() throws IOException {
    return JsonReader.parse(bytes, start, length);
  }

  /** Skips the value whose first token is current. */
  Part skip(JsonParser json) throws IOException {
    long from = shift + json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return new Part(from, shift + json.currentLocation().getByteOffset());
  }

  /** Reads a part that was skipped; the reader is called with its first token current. */
  void read(Part part, PartReader reader) throws IOException {
    long outer = shift;
    shift = part.from;
    int from = (int) (start + part.from);
    try (JsonParser json = JsonReader.parse(bytes, from, (int) (part.to - part.from))) {
      json.nextToken();
      reader.read(json);
    }
    // Not in a finally block: the place of a fault is told from where it occurred.
    shift = outer;
  }

  /** The place in the message of a byte that the present parser counts as {@code offset}. */
  long offset(long offset) {
    return shift + Math.max(0, offset);
  }

  interface PartReader {
    void read(JsonParser json) throws IOException;
  }
}
