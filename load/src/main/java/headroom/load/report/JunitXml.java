package headroom.load.report;

import headroom.load.result.LoadResult;
import headroom.load.study.TestOutcome;
import java.util.Locale;

/** A result as a JUnit report: a test case per objective, for tools that read those. */
public final class JunitXml {
  private JunitXml() {}

  public static String of(LoadResult result) {
    return of(TestOutcome.of(result));
  }

  /** A run and what was found out beyond it. */
  public static String of(TestOutcome test) {
    LoadResult result = test.run();
    var cases = new StringBuilder();
    int tests = 1;
    int failures = 0;
    if (result.isValid()) {
      cases.append(testCase("the run is valid", ""));
    } else {
      failures++;
      cases.append(testCase("the run is valid", String.join("; ", result.invalidBecause())));
    }
    if (result.stoppedBecause().isPresent()) {
      tests++;
      failures++;
      cases.append(testCase("the run came to its end", result.stoppedBecause().get()));
    }
    for (LoadResult.Outcome outcome : result.objectives()) {
      tests++;
      failures += outcome.held() ? 0 : 1;
      cases.append(testCase(outcome.name(), outcome.held() ? "" : Summary.describe(outcome)));
    }
    for (Section section : StudySections.of(test.studies())) {
      tests++;
      failures += section.held() ? 0 : 1;
      cases.append(testCase(section.title(), section.held() ? "" : section.verdict()));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuite name="headroom load test" tests="%d" failures="%d" errors="0" skipped="0" time="%s">
    %s</testsuite>
    """
        .formatted(
            tests,
            failures,
            String.format(Locale.ROOT, "%.3f", result.generator().elapsedSeconds()),
            cases);
  }

  private static String testCase(String name, String failure) {
    String open = "  <testcase classname=\"headroom.load\" name=\"" + escape(name) + "\"";
    return failure.isEmpty()
        ? open + "/>\n"
        : open + ">\n    <failure message=\"" + escape(failure) + "\"/>\n  </testcase>\n";
  }

  /** Text that can stand in an attribute or between tags; what XML cannot hold is left out. */
  static String escape(String text) {
    var escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> {
              if (c >= ' ' && c != 0x7F && !(c >= 0xD800 && c <= 0xDFFF) && c < 0xFFFE) {
                escaped.appendCodePoint(c);
              } else if (c > 0xFFFF) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(' ');
              }
            }
          }
        });
    return escaped.toString();
  }
}
