package headroom.load.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.BadResponseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
  private static final String STREAM =
      ": hello\n\n"
          + "data: one\n\n"
          + "event: x\n"
          + "data: two\r\n"
          + "data:three\r\n\r\n"
          + "id: 7\n\n"
          + "data\n\n"
          + "data:  ü\r\r"
          + "data: lost";

  @Test
  void eventsAreTheSameHoweverTheirBytesAreCut() throws Exception {
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      var events = new ArrayList<String>();
      var parser = new EventParser(events::add);
      for (int at = 0; at < bytes.length; at += size) {
        parser.read(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
      }
      assertThat(events).isEqualTo(List.of("one", "two\nthree", "", " ü"));
    }
  }

  @Test
  void endlessLinesAndEventsAreRefused() {
    assertThatThrownBy(() -> new EventParser(event -> {}).read(new byte[(1 << 20) + 1]))
        .isInstanceOf(BadResponseException.class);
    var parser = new EventParser(event -> {});
    byte[] line = ("data: " + "x".repeat(100_000) + "\n").getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                parser.read(line);
              }
            })
        .isInstanceOf(BadResponseException.class);
  }
}
