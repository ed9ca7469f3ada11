package headroom.load.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.plan.JsonPath;
import headroom.testkit.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The quick way to a value gives what a whole parser gives, or nothing. */
class JsonScanTest {
  private static final List<String> NAMES = List.of("a", "b", "id", "a b", "é", "", "idx");

  /** A text and a path that mostly leads somewhere in it. */
  private static final class Case {
    private final byte[] text;
    private final JsonPath path;

    Case(byte[] text, JsonPath path) {
      this.text = text;
      this.path = path;
    }

    @Override
    public String toString() {
      return path + " in " + new String(text, StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void itFindsWhatAParserFinds() {
    int[] sure = new int[1];
    ForAll.cases(20_000)
        .check(
            JsonScanTest::anyCase,
            input -> {
              check(input);
              int at = JsonScan.find(input.text, input.text.length, input.path);
              sure[0] += at == JsonScan.ABSENT || (at >= 0 && plain(input, at) != null) ? 1 : 0;
            });
    // Else the parser would do all the work, and this test would see nothing of the scan.
    assertThat(sure[0]).isGreaterThan(6_000);
  }

  @Test
  void itFindsNoMoreInTextsThatAreCutOff() {
    ForAll.cases(10_000)
        .check(
            random -> {
              Case whole = anyCase(random);
              int length = random.nextInt(whole.text.length + 1);
              return new Case(Arrays.copyOf(whole.text, length), whole.path);
            },
            JsonScanTest::check);
  }

  @Test
  void itFindsNoMoreInTextsThatAreBroken() {
    ForAll.cases(40_000)
        .check(
            random -> {
              Case whole = anyCase(random);
              for (int i = 1 + random.nextInt(3); i > 0; i--) {
                byte[] odd =
                    "\"\\{}[],:0-.eE+ tfn\u0000\u001f\u007f".getBytes(StandardCharsets.US_ASCII);
                whole.text[random.nextInt(whole.text.length)] =
                    random.nextBoolean()
                        ? odd[random.nextInt(odd.length)]
                        : (byte) random.nextInt(256);
              }
              return whole;
            },
            JsonScanTest::check);
  }

  @Test
  void bytesBehindTheTextAreNotLookedAt() {
    byte[] text = "{\"a\":12}34,".getBytes(StandardCharsets.US_ASCII);
    JsonPath path = JsonPath.parse("$.a");
    for (int length = 0; length <= text.length; length++) {
      byte[] cut = Arrays.copyOf(text, length);
      assertThat(JsonValue.find(text, length, path))
          .as("%d bytes", length)
          .isEqualTo(JsonValue.parse(cut, length, path));
    }
  }

  @Test
  void otherEncodingsAndMarksAreLeftToTheParser() {
    String text = "{\"a\":\"x\"}";
    JsonPath path = JsonPath.parse("$.a");
    for (byte[] bytes :
        List.of(
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
            text.getBytes(StandardCharsets.UTF_16BE),
            text.getBytes(StandardCharsets.UTF_16LE),
            text.getBytes(StandardCharsets.UTF_16))) {
      assertThat(JsonScan.find(bytes, bytes.length, path)).isEqualTo(JsonScan.UNSURE);
      assertThat(JsonValue.find(bytes, bytes.length, path)).isEqualTo("x");
    }
  }

  @Test
  void deepAndLongTextsAreLeftToTheParser() {
    JsonPath path = JsonPath.parse("$.a");
    String deep = "{\"x\":" + "[".repeat(900) + "]".repeat(900) + ",\"a\":1}";
    String number = "{\"a\":" + "9".repeat(5_000) + "}";
    for (String text : List.of(deep, number)) {
      check(new Case(text.getBytes(StandardCharsets.UTF_8), path));
    }
  }

  private static void check(Case input) {
    byte[] text = input.text;
    assertThat(JsonValue.find(text, text.length, input.path))
        .isEqualTo(JsonValue.parse(text, text.length, input.path));
  }

  private static @Nullable String plain(Case input, int at) {
    return JsonScan.plain(input.text, at, input.text.length);
  }

  private static Case anyCase(RandomGenerator random) {
    var way = new ArrayList<JsonPath.Element>();
    var text = new StringBuilder();
    space(random, text);
    value(random, text, 3, way, true);
    space(random, text);
    if (random.nextInt(4) == 0 && !way.isEmpty()) {
      // Somewhere else, or nowhere.
      way.set(random.nextInt(way.size()), anyElement(random));
    }
    return new Case(text.toString().getBytes(StandardCharsets.UTF_8), new JsonPath(way));
  }

  private static JsonPath.Element anyElement(RandomGenerator random) {
    return random.nextBoolean()
        ? new JsonPath.Name(NAMES.get(random.nextInt(NAMES.size())))
        : new JsonPath.Index(random.nextInt(4));
  }

  /** Writes a value; on the way, the elements that lead to one within it are noted. */
  private static void value(
      RandomGenerator random,
      StringBuilder text,
      int depth,
      List<JsonPath.Element> way,
      boolean onTheWay) {
    boolean nests = depth > 0 && (onTheWay ? random.nextInt(8) > 0 : random.nextInt(3) == 0);
    if (!nests) {
      text.append(scalar(random));
      return;
    }
    boolean object = random.nextBoolean();
    int size = random.nextInt(5);
    int chosen = onTheWay && size > 0 ? random.nextInt(size) : -1;
    text.append(object ? '{' : '[');
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",");
      space(random, text);
      String name = NAMES.get(random.nextInt(NAMES.size()));
      if (i == chosen) {
        way.add(object ? new JsonPath.Name(name) : new JsonPath.Index(i));
      }
      if (object) {
        text.append(random.nextInt(10) == 0 ? escaped(name) : '"' + name + '"');
        space(random, text);
        text.append(':');
        space(random, text);
      }
      value(random, text, depth - 1, way, i == chosen);
      space(random, text);
    }
    text.append(object ? '}' : ']');
  }

  private static String escaped(String name) {
    var text = new StringBuilder("\"");
    name.chars().forEach(c -> text.append("\\u%04X".formatted(c)));
    return text.append('"').toString();
  }

  private static String scalar(RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> Long.toString(random.nextLong());
      case 4 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20)));
      case 5 -> random.nextInt(-99, 99) + "." + random.nextInt(1_000) + "e+" + random.nextInt(30);
      case 6 -> List.of("0", "-0", "0.0", "1E5", "-1.50").get(random.nextInt(5));
      case 7 -> "\"line\\nbreak \\\"quoted\\\" \\u00e9 \\/ \\\\\"";
      case 8 -> "\"é € \uD83D\uDE00 ende\"";
      case 9 -> "\"\"";
      default -> "\"token-" + Long.toHexString(random.nextLong()) + '"';
    };
  }

  private static void space(RandomGenerator random, StringBuilder text) {
    if (random.nextInt(4) == 0) {
      text.append(" \n\r\t".charAt(random.nextInt(4)));
    }
  }
}
