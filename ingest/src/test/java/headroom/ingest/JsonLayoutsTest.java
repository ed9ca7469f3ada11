package headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.Signal;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import headroom.testkit.ForAll;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same telemetry is read the same, however the JSON around it is laid out. */
final class JsonLayoutsTest {
  private static final int MOST_BYTES = 4_000;

  @TempDir private Path folder;

  private final List<String> spans = new ArrayList<>();
  private final List<String> points = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "pretty.json, 3, 1",
    "array.json, 4, 2",
    "bom.jsonl, 3, 1",
    "oldlib.jsonl, 3, 1",
    "bare-resource.jsonl, 3, 1"
  })
  void formsThatWereMet(String name, int expected, int records) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("layouts/" + name)) {
      Files.copy(Objects.requireNonNull(in), folder.resolve(name));
    }
    RecordingContents recorded = read(folder.resolve(name), 64 << 20);
    assertThat(recorded.problems()).isEmpty();
    assertThat(recorded.badRecords()).isZero();
    assertThat(recorded.records()).isEqualTo(records);
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(expected);
    assertThat(spans).hasSize(expected).allMatch(span -> span.startsWith("shop GET /a "));
    assertThat(spans).contains("shop GET /a 70b0c8d384c8c858");
  }

  @Test
  void anyLayoutGivesTheSameSpans() {
    ForAll.cases(150)
        .check(
            random -> List.of(random.nextInt(1, 5), random.nextInt(1, 12), random.nextInt(0, 9)),
            sizes -> {
              for (String layout : List.of("lines", "indented", "array", "bare", "mixed")) {
                spans.clear();
                String text = text(layout, sizes.get(0), sizes.get(1), sizes.get(2));
                RecordingContents recorded = read(file(text), MOST_BYTES);
                assertThat(recorded.problems()).as(layout).isEmpty();
                assertThat(spans).as(layout).hasSize(sizes.get(0) * sizes.get(1) * sizes.get(2));
              }
            });
  }

  private static String text(String layout, int documents, int resources, int spans) {
    var all = new ArrayList<String>();
    for (int i = 0; i < documents; i++) {
      var entries = new ArrayList<String>();
      for (int j = 0; j < resources; j++) {
        entries.add(resource("s" + j, spans));
      }
      if (layout.equals("bare")) {
        all.addAll(entries);
      } else {
        String logs = layout.equals("mixed") ? "\"resourceLogs\": [{}, {}], " : "";
        all.add("{" + logs + "\"resourceSpans\": [" + String.join(", ", entries) + "]}");
      }
    }
    return switch (layout) {
      case "indented" ->
          String.join("\n", all).replace("[", "[\n  ").replace("{", "{\n\t").replace("}", "\n}");
      case "array" -> "[ " + String.join(" ,\n", all) + "\n]\n";
      default -> String.join("\n\n", all) + "\n";
    };
  }

  private static String resource(String service, int count) {
    var spans = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      spans.add(
          "{\"traceId\": \"0102030405060708090a0b0c0d0e0f10\", \"spanId\": \"%016x\", \"name\": \"a\", \"startTimeUnixNano\": \"1\", \"endTimeUnixNano\": \"2\"}"
              .formatted(i + 1));
    }
    return "{\"resource\": {\"attributes\": [{\"key\": \"service.name\", \"value\": {\"stringValue\": \"%s\"}}]}, \"scopeSpans\": [{\"spans\": [%s]}]}"
        .formatted(service, String.join(", ", spans));
  }

  @Test
  void bracketsInTextAreText() throws IOException {
    String line =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0102030405060708090a0b0c0d0e0f10\",\"spanId\":\"0102030405060708\",\"name\":\"]}\\\\\\\"{[\",\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"2\"}]}]}]}";
    RecordingContents recorded = read(file(line + "\n" + line), MOST_BYTES);
    assertThat(recorded.problems()).isEmpty();
    assertThat(spans).hasSize(2).first().asString().contains("]}\\\"{[");
  }

  @Test
  void memoryIsBoundedHoweverLongADocument() throws IOException {
    Path file = folder.resolve("long.json");
    String entry = resource("shop", 20);
    int entries = 20_000_000 / entry.length();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"resourceSpans\": [");
      for (int i = 0; i < entries; i++) {
        out.write(i == 0 ? entry : ", " + entry);
      }
      out.write("]}");
    }
    RecordingContents recorded = read(file, 64 << 10);
    assertThat(recorded.problems()).isEmpty();
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(20L * entries);
  }

  @ParameterizedTest
  @ValueSource(ints = {99_999, 100_000, 100_001, 300_000})
  void theBufferNeverOutgrowsTheLongestRecord(int length) throws Exception {
    int most = 100_000;
    String text = "{\"a\": \"" + "x".repeat(length - 9) + "\"}";
    byte[] bytes = (text + "\n{}").getBytes(StandardCharsets.UTF_8);
    var documents = new JsonDocuments(new ByteArrayInputStream(bytes), most, most / 2);
    if (length <= most) {
      assertThat(documents.next()).isTrue();
      assertThat(documents.length()).isEqualTo(length);
    } else {
      assertThatThrownBy(documents::next).isInstanceOf(BadRecordException.class);
    }
    assertThat(documents.next()).isTrue();
    assertThat(documents.length()).isEqualTo(2);
    assertThat(documents.bytes().length).isLessThanOrEqualTo(most + 1);
  }

  @Test
  void spansAndPointsOfOneDocumentAreBothRead() throws IOException {
    String metrics =
        "\"resourceMetrics\": [{\"scopeMetrics\": [{\"metrics\": [{\"name\": \"m\", \"gauge\":"
            + " {\"dataPoints\": [{\"timeUnixNano\": \"5\", \"asInt\": \"1\"}]}}]}]}]";
    RecordingContents recorded =
        read(file("{" + metrics + ", \"resourceSpans\": [" + resource("a", 2) + "]}"), MOST_BYTES);
    assertThat(recorded.records()).isEqualTo(1);
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(2);
    assertThat(recorded.of(Signal.METRICS).accepted()).isEqualTo(1);
    assertThat(points).containsExactly("m");
  }

  @Test
  void metricsAndLogsInTheOlderFormAreReadToo() throws IOException {
    RecordingContents recorded =
        read(
            file(
                """
                {"resourceMetrics": [{"instrumentationLibraryMetrics": [{"metrics": [{"name": "m", "gauge": {"dataPoints": [{"timeUnixNano": "5", "asInt": "1"}]}}]}]}]}
                {"resourceLogs": [{"instrumentationLibraryLogs": [{"logRecords": [{}, {}]}]}]}
                {"scopeLogs": [{"logRecords": [{}]}]}
                {"scopeMetrics": [{"metrics": [{"name": "n", "gauge": {"dataPoints": [{"timeUnixNano": "5", "asInt": "1"}]}}]}]}
                """),
            MOST_BYTES);
    assertThat(recorded.problems()).isEmpty();
    assertThat(points).containsExactly("m", "n");
    assertThat(recorded.of(Signal.LOGS).accepted()).isEqualTo(3);
  }

  @Test
  void aLineThatWasCutOffCostsNothingButItself() throws IOException {
    String line = "{\"resourceSpans\": [" + resource("a", 1) + "]}\n";
    String cutInText = line.substring(0, line.indexOf("service")) + "\n";
    String cutBetween = line.substring(0, line.indexOf("{\"spans\"")) + "\n";
    RecordingContents recorded =
        read(file(line + cutInText + line + cutBetween + line), MOST_BYTES);
    assertThat(spans).hasSize(3);
    assertThat(recorded.records()).isEqualTo(3);
    assertThat(recorded.badRecords()).isEqualTo(2);
    assertThat(recorded.problems().getFirst()).contains(", line 2: ");
  }

  @Test
  void aFaultInAnIndentedDocumentCostsThatDocumentOnce() throws IOException {
    String whole = text("indented", 1, 2, 1).replace("\n}", "\n  }").replace("[\n", "[\n  ");
    String broken = whole.replaceFirst("\"attributes\": \\[", "\"attributes\": ]");
    RecordingContents recorded = read(file(broken + "\n" + whole + "\n" + broken), MOST_BYTES);
    assertThat(recorded.problems()).hasSize(1).first().asString().contains("1 more like it");
    assertThat(recorded.badRecords()).isEqualTo(2);
    assertThat(spans).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\n  %s,\n  %s,\n  %s\n]\n", "[\n  %s, %s, %s\n]\n", "[%s,\n%s,\n%s]\n"})
  void aFaultInAnIndentedArrayCostsOnlyItsDocument(String array) throws IOException {
    String whole =
        """
        {
            "resourceSpans": [
              {
                "scopeSpans": [
                  {
                    "spans": [
                      {
                        "traceId": "0102030405060708090a0b0c0d0e0f10",
                        "spanId": "0000000000000001",
                        "name": "a",
                        "startTimeUnixNano": "1",
                        "endTimeUnixNano": "2"
                      }
                    ]
                  }
                ]
              }
            ]
          }\
        """;
    if (array.startsWith("[%s")) {
      whole = whole.replace("\n  ", "\n");
    }
    String broken = whole.replace("\"spans\": [", "\"spans\": ]");
    RecordingContents recorded = read(file(array.formatted(whole, broken, whole)), MOST_BYTES);
    assertThat(spans).hasSize(2);
    assertThat(recorded.records()).isEqualTo(2);
    assertThat(recorded.badRecords()).isEqualTo(1);
    assertThat(recorded.problems()).hasSize(1);
  }

  @Test
  void elementsOnLinesOfTheirOwnAreNoDocuments() throws IOException {
    String entry = resource("a", 1);
    String scope = entry.substring(entry.indexOf("{\"spans\""), entry.length() - 2);
    String bare = "{\"scopeSpans\": [\n%s,\n%s\n]}\n".formatted(scope, scope);
    String text =
        "{\"resourceSpans\": [\n%s,\n%s,\n%s]}\n".formatted(entry, bare.strip(), entry) + bare;
    RecordingContents recorded = read(file(text), MOST_BYTES);
    assertThat(recorded.problems()).isEmpty();
    assertThat(recorded.records()).isEqualTo(2);
    assertThat(spans).hasSize(6);
  }

  @Test
  void aBareLineThatWasCutOffCostsNothingButItself() throws IOException {
    String line = resource("a", 1) + "\n";
    String older = line.replace("scopeSpans", "instrumentationLibrarySpans");
    String other = "{\"schemaUrl\": \"x\", " + line.substring(1);
    for (String each : List.of(line, older, line.replaceFirst("\"resource.*?}}]}, ", ""), other)) {
      spans.clear();
      String cut = each.substring(0, each.indexOf("{\"traceId\"") + 50) + "\"\n";
      RecordingContents recorded = read(file(each + cut + each + cut + each), MOST_BYTES);
      assertThat(spans).as(each).hasSize(3);
      assertThat(recorded.records()).isEqualTo(3);
      assertThat(recorded.badRecords()).isEqualTo(2);
    }
  }

  @Test
  void soItIsWithOneThatWasCutOffWhereAnObjectMayFollow() throws IOException {
    String line = resource("a", 1) + "\n";
    String older = line.replace("scopeSpans", "instrumentationLibrarySpans");
    for (String each : List.of(line, older, line.replaceFirst("\"resource.*?}}]}, ", ""))) {
      spans.clear();
      String cut = each.substring(0, each.indexOf("{\"traceId\"")) + "\n";
      RecordingContents recorded = read(file(each + cut + each + cut + each), MOST_BYTES);
      assertThat(spans).as(each).hasSize(3);
      assertThat(recorded.badRecords()).isEqualTo(2);
    }
  }

  @Test
  void everyKindOfFaultIsToldOnceWithItsCount() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append("{\"resourceSpans\": 7").append(i).append("}\n{\"level\": \"info\"}\n");
    }
    Path file = file(text.toString());
    RecordingContents recorded = read(file, MOST_BYTES);
    assertThat(recorded.badRecords()).isEqualTo(60);
    assertThat(recorded.problems())
        .hasSize(2)
        .allMatch(problem -> problem.endsWith("(and 29 more like it in this file)"));
    assertThat(recorded.problems().get(0)).startsWith(file + ", line 1: at byte ");
    assertThat(recorded.problems().get(1)).startsWith(file + ", line 2: at byte ");
  }

  /** Random bytes are told, not thrown, and never read for ever. */
  @Test
  void whateverStandsThereIsNoReasonToFail() {
    ForAll.cases(1_000).check(JsonLayoutsTest::scraps, text -> read(file(text), 200));
  }

  private static String scraps(RandomGenerator random) {
    List<String> scraps =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\n",
            " ",
            "\\",
            "x",
            "\uFEFF",
            "7",
            "{\"resourceSpans\":[",
            "\"resourceSpans\"",
            "{}",
            "\"a\"",
            "y".repeat(90));
    var text = new StringBuilder(random.nextBoolean() ? "{" : "[");
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(scraps.get(random.nextInt(scraps.size())));
    }
    return text.toString();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("some.json"), text);
  }

  private RecordingContents read(Path file, int maxRecordBytes) throws IOException {
    var decoder =
        new OtlpDecoder(
            IngestLimits.recorded(),
            InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z")),
            new Interner());
    return new RecordingReader(decoder, maxRecordBytes)
        .read(file, new Gathered(), (bytesRead, bytesTotal) -> {});
  }

  private final class Gathered implements TelemetrySink {
    @Override
    public void span(Span span) {
      if (spans.size() < 10_000) {
        String service = Objects.requireNonNull(span.resource).service();
        spans.add("%s %s %016x".formatted(service, span.name, span.spanId));
      }
    }

    @Override
    public void metric(MetricPoint point) {
      points.add(point.name);
    }
  }
}
