package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.detect.Finding;
import headroom.wall.Objectives;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The document of {@code findings --json} and {@code GET /api/v1/findings}. */
public final class FindingsJson {
  private static final JsonMapper JSON = new JsonMapper();

  private FindingsJson() {}

  /**
   * The findings in the order given. With {@code since} only those that began then or later, and
   * those that were so from the start of the data.
   */
  public static ObjectNode write(
      List<Finding> findings, Objectives objectives, @Nullable Instant since) {
    ObjectNode document = JSON.createObjectNode();
    ObjectivesJson.write(document, objectives);
    ArrayNode array = document.putArray("findings");
    for (Finding finding : findings) {
      if (since == null || finding.onset() == null || !finding.onset().high().isBefore(since)) {
        write(array.addObject(), finding);
      }
    }
    return document;
  }

  private static void write(ObjectNode node, Finding finding) {
    node.put("id", finding.id());
    node.put("kind", finding.kind().wireName());
    node.put("subject", finding.subject());
    node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    Finding.Onset onset = finding.onset();
    if (onset != null) {
      node.putObject("onset")
          .put("low", onset.low().toString())
          .put("median", onset.median().toString())
          .put("high", onset.high().toString());
    }
    Finding.Effect effect = finding.effect();
    if (effect != null) {
      ObjectNode inner = node.putObject("effect");
      JsonNumbers.put(inner, "ratio", effect.ratio());
      JsonNumbers.put(inner, "low", effect.low());
      JsonNumbers.put(inner, "high", effect.high());
    }
    node.put("summary", finding.summary());
    ArrayNode causes = node.putArray("causes");
    for (Finding.Cause cause : finding.causes()) {
      ObjectNode inner = causes.addObject().put("kind", cause.kind()).put("what", cause.what());
      JsonNumbers.put(inner, "score", cause.score());
    }
    ArrayNode evidence = node.putArray("evidence");
    finding.evidence().forEach(one -> write(evidence.addObject(), one));
    node.put("next", finding.next());
  }

  private static void write(ObjectNode node, Finding.Evidence evidence) {
    node.put("label", evidence.label());
    JsonNumbers.put(node, "value", evidence.value());
    node.put("unit", evidence.unit());
    ArrayNode points = node.putArray("points");
    for (Finding.Evidence.Point point : evidence.points()) {
      ObjectNode inner = points.addObject().put("at", point.at().toString());
      JsonNumbers.put(inner, "value", point.value());
    }
  }
}
