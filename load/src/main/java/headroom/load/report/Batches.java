package headroom.load.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.load.result.Interval;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.load.result.Timeline;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.rollup.HistogramCodec;
import java.util.Base64;
import java.util.List;

/**
 * The distributions of a run in up to {@link #MOST} batches of equal time, so that two runs can be
 * compared with their uncertainty: neighbouring requests share a fate, batches mostly do not.
 *
 * <pre>
 *   "batches": { "seconds": 15, "steps": { "GET /": [ { "count": 750, "errors": 0,
 *     "response": "base64 of the histogram" }, … ] } }
 * </pre>
 */
final class Batches {
  static final int MOST = 20;

  private Batches() {}

  static void write(ObjectNode json, LoadResult result) {
    Timeline timeline = result.stats().timeline();
    int intervals = timeline.intervals().size();
    int perBatch = Math.max(1, Math.ceilDiv(intervals, MOST));
    double width = (double) perBatch * timeline.widthSeconds();
    json.put("seconds", width);
    ObjectNode steps = json.putObject("steps");
    List<StepStats> known = result.stats().steps();
    for (StepStats step : known) {
      steps.putArray(step.name());
    }
    for (int batch = 0; batch * perBatch < intervals; batch++) {
      Interval sum = timeline.between(batch * width, (batch + 1) * width);
      for (int step = 0; step < known.size(); step++) {
        Cell cell = sum.response(step);
        ArrayNode list = steps.withArray(known.get(step).name());
        ObjectNode entry = list.addObject();
        entry.put("count", cell == null ? 0 : cell.count());
        entry.put("errors", cell == null ? 0 : cell.errors());
        ExponentialHistogram histogram = cell == null ? null : cell.histogram();
        if (histogram != null) {
          entry.put(
              "response", Base64.getEncoder().encodeToString(HistogramCodec.encode(histogram)));
        }
      }
    }
  }
}
