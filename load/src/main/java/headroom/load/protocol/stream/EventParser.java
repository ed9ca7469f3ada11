package headroom.load.protocol.stream;

import headroom.load.network.BadResponseException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads server-sent events from bytes in any pieces and hands over the data of each; comments,
 * names and ids are passed over. Source: the HTML standard, 9.2.6.
 *
 * <pre>
 *   : a comment            nothing
 *   data: one
 *   data: two
 *                          "one\ntwo"
 * </pre>
 */
final class EventParser {
  private static final int MAX_LINE = 1 << 20;

  private final Consumer<String> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private boolean afterReturn;

  EventParser(Consumer<String> events) {
    this.events = events;
  }

  /**
   * @throws BadResponseException when a line or an event is longer than a mebibyte
   */
  void read(byte[] bytes) throws BadResponseException {
    for (byte b : bytes) {
      if (b == '\n' && afterReturn) {
        // The second half of a line's end.
        afterReturn = false;
      } else if (b == '\n' || b == '\r') {
        afterReturn = b == '\r';
        endLine();
      } else {
        afterReturn = false;
        line.write(b);
        if (line.size() > MAX_LINE) {
          throw new BadResponseException(true, "an event has a line of more than 2^20 bytes");
        }
      }
    }
  }

  private void endLine() throws BadResponseException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.isEmpty()) {
      dispatch();
    } else if (text.equals("data") || text.startsWith("data:")) {
      String value = text.substring(Math.min(text.length(), 5));
      if (hasData) {
        data.append('\n');
      }
      data.append(value.startsWith(" ") ? value.substring(1) : value);
      hasData = true;
      if (data.length() > MAX_LINE) {
        throw new BadResponseException(true, "an event is longer than 2^20 characters");
      }
    }
  }

  private void dispatch() {
    if (hasData) {
      String event = data.toString();
      data.setLength(0);
      hasData = false;
      events.accept(event);
    }
  }
}
