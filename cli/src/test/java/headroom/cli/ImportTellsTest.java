package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import did not take is told. */
final class ImportTellsTest {
  private static final String SPAN =
      """
      {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "0102030405060708090a0b0c0d0e0f10",\
       "spanId": "000000000000000%d", "name": "GET /", "kind": 2, "startTimeUnixNano": "%d",\
       "endTimeUnixNano": "%d"}]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void everyDroppedValueIsInTheLastLineByItsReason() throws Exception {
    long start = 1_795_940_291_000_000_000L;
    String text =
        SPAN.formatted(1, start, start + 5_000_000)
            + SPAN.formatted(2, start, start + 5_000_000)
            + SPAN.formatted(2, start, start + 5_000_000)
            + SPAN.formatted(3, start, start - 1)
            + SPAN.formatted(4, 0, start)
            + SPAN.formatted(5, 0, start)
            + "{\"resourceLogs\": [{\"scopeLogs\": [{\"logRecords\": [{}, {}]}]}]}\n"
            + "{\"level\": \"info\"}\n{\"level\": \"warn\"}\n";
    Path file = Files.writeString(folder.resolve("some.json"), text);

    Run run = Run.of("import", file.toString(), "--data", folder.resolve("data").toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            file
                + ", line 8: at byte 0: expected resourceSpans, resourceMetrics or resourceLogs,"
                + " got an object without any (and 1 more like it in this file)");
    assertThat(run.err().strip().lines().toList().getLast())
        .contains("3 spans and 0 data points from 7 records; 2 records could not be read")
        .contains(
            "4 values were dropped: 2 have no time, 1 end before they start, 1 spans are there"
                + " twice; 2 log records are of no use here");
  }
}
