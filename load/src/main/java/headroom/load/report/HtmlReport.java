package headroom.load.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.load.result.Interval;
import headroom.load.result.LoadResult;
import headroom.load.result.Timeline;
import headroom.load.study.TestOutcome;
import headroom.rollup.ExponentialHistogram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A result as one page that needs nothing but a browser: data, style and drawing are all in it. */
public final class HtmlReport {
  /** Rows of the heat map for each doubling of the response time. */
  private static final int ROWS_PER_OCTAVE = 4;

  private static final ObjectMapper SECTIONS = new ObjectMapper();

  private static final String PLACE = "{{DATA}}";

  private HtmlReport() {}

  public static String of(LoadResult result) {
    return of(TestOutcome.of(result));
  }

  /** A run and what was found out beyond it. */
  public static String of(TestOutcome test) {
    LoadResult result = test.run();
    ObjectNode data = ResultJson.tree(result);
    StudyJson.add(data, test);
    // The sections as they are shown: titles, sentences, tables and points.
    data.set("sections", SECTIONS.valueToTree(StudySections.of(test.studies())));
    data.put("intendedKnown", !result.schedule().segments().isEmpty());
    intended(data.putArray("intendedPerSecond"), result);
    heat(data.putArray("heat"), result.stats().timeline());
    Phases.write(data.putArray("phases"), result);
    data.put("rowsPerOctave", ROWS_PER_OCTAVE);
    ArrayNode recoveries = data.putArray("recoveriesTold");
    result.recoveries().forEach(recovery -> recoveries.add(Summary.describe(recovery)));
    ArrayNode told = data.putArray("objectivesTold");
    result.objectives().forEach(outcome -> told.add(Summary.describe(outcome)));
    return template().replace(PLACE, escape(data.toString()));
  }

  /** The mean rate of the schedule in each interval. */
  private static void intended(ArrayNode rates, LoadResult result) {
    Timeline timeline = result.stats().timeline();
    int width = timeline.widthSeconds();
    double before = 0;
    for (int i = 1; i <= timeline.intervals().size(); i++) {
      double until = result.schedule().arrivalsUntil((double) i * width);
      rates.add((until - before) / width);
      before = until;
    }
  }

  /** For each interval the counts by row; row r holds times from 2^(r/4) to 2^((r+1)/4) seconds. */
  private static void heat(ArrayNode columns, Timeline timeline) {
    for (Interval interval : timeline.intervals()) {
      Map<Integer, Long> rows = new TreeMap<>();
      ExponentialHistogram histogram = interval.allResponses().histogram();
      if (histogram != null) {
        histogram.forEachBucket(
            (bucket, count) -> rows.merge(row(histogram.middle(bucket)), count, Long::sum));
      }
      ObjectNode column = columns.addObject();
      rows.forEach((row, count) -> column.put(Integer.toString(row), count));
    }
  }

  private static int row(double seconds) {
    return (int) Math.floor(Math.log(seconds) / Math.log(2) * ROWS_PER_OCTAVE);
  }

  /** JSON that cannot end the element it stands in. */
  private static String escape(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String template() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.html")) {
      if (in == null) {
        throw new IllegalStateException("report.html is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
