package headroom.cli.answer;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.cli.terminal.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The findings document for people, worst first as it came. */
final class FindingsText {
  private FindingsText() {}

  static List<String> lines(JsonNode document) {
    JsonNode findings = document.path("findings");
    if (findings.isEmpty()) {
      return List.of("Nothing is wrong that the telemetry shows.");
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode finding : findings) {
      lines.add(
          "%s  %s: %s"
              .formatted(
                  finding.path("severity").asText().toUpperCase(Locale.ROOT),
                  finding.path("subject").asText(),
                  finding.path("summary").asText()));
      for (JsonNode evidence : finding.path("evidence")) {
        lines.add(
            "    %s: %s %s"
                .formatted(
                    evidence.path("label").asText(),
                    NumberText.number(evidence.path("value").asDouble()),
                    evidence.path("unit").asText()));
      }
      if (!finding.path("next").asText().isEmpty()) {
        lines.add("    next: " + finding.path("next").asText());
      }
      lines.add("");
    }
    lines.removeLast();
    return lines;
  }
}
