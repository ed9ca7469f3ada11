package headroom.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.model.StationChart;
import java.util.List;
import java.util.Locale;

/** Charts on the wire: which of the series beside them make which lines. */
final class ChartsJson {
  private ChartsJson() {}

  static void write(ObjectNode document, List<StationChart> charts) {
    ArrayNode array = document.putArray("charts");
    for (StationChart chart : charts) {
      ObjectNode node = array.addObject();
      node.put("title", chart.title()).put("format", word(chart.format()));
      ArrayNode lines = node.putArray("lines");
      for (StationChart.Line line : chart.lines()) {
        lines
            .addObject()
            .put("measure", word(line.measure()))
            .put("field", line.field().wireName())
            .put("name", line.name())
            .put("tone", word(line.tone()))
            .put("together", word(line.together()));
      }
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
