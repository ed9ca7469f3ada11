package headroom.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import headroom.load.protocol.JsonValue;
import headroom.plan.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time and garbage of taking one value out of an answer, by our own scan and by Jackson. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A short answer with a token, and documents of 10 kB with the value first and last. */
  @Param({"token", "early", "late"})
  public String answer = "token";

  private byte[] text = new byte[0];
  private JsonPath path = new JsonPath(java.util.List.of());
  private JsonPointer pointer = JsonPointer.empty();
  private String name = "";

  @Setup
  public void write() {
    if (answer.equals("token")) {
      name = "token";
      text =
          utf8(
              """
              {"user":"user-4711","expiresIn":3600,"roles":["customer","beta"],
               "token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJl"}\
              """);
    } else {
      name = "next";
      var items = new StringBuilder();
      for (int i = 0; items.length() < 10_000; i++) {
        items.append(
            "%s{\"id\":%d,\"name\":\"item number %d\",\"price\":%d.99,\"tags\":[\"a\",\"b\"],\"sold\":%b}"
                .formatted(i == 0 ? "" : ",", i, i, i % 90, i % 3 == 0));
      }
      String next = "\"next\":\"page-2\"";
      text =
          utf8(
              answer.equals("early")
                  ? "{%s,\"items\":[%s]}".formatted(next, items)
                  : "{\"items\":[%s],%s}".formatted(items, next));
    }
    path = JsonPath.parse("$." + name);
    pointer = JsonPointer.compile("/" + name);
    if (!String.valueOf(scan()).equals(String.valueOf(walk()))
        || !String.valueOf(scan()).equals(String.valueOf(filter()))) {
      throw new IllegalStateException("they do not find the same");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Headroom's, which falls back to Jackson where it is not certain. */
  @Benchmark
  public @Nullable String scan() {
    return JsonValue.find(text, path);
  }

  /** Jackson's parser, led to the value and left there. */
  @Benchmark
  public @Nullable String walk() {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = name.equals(parser.currentName());
        parser.nextToken();
        if (found) {
          return parser.getText();
        }
        parser.skipChildren();
      }
      return null;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Jackson's filter of a stream. */
  @Benchmark
  public @Nullable String filter() {
    try (JsonParser parser =
        new FilteringParserDelegate(
            FACTORY.createParser(text),
            new JsonPointerBasedFilter(pointer),
            Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      return parser.nextToken() == null ? null : parser.getText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
