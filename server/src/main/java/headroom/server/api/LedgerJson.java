package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.ledger.Entry;
import headroom.ledger.Entry.Verdict;
import headroom.ledger.Ledger;
import headroom.ledger.Prediction;
import java.util.Locale;

/** The document of {@code ledger --json} and {@code GET /api/v1/ledger}. */
public final class LedgerJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_ENTRIES = 2_000;

  private LedgerJson() {}

  /** The ledger, latest predictions first. */
  public static ObjectNode write(Ledger ledger) {
    ObjectNode document = JSON.createObjectNode();
    ObjectNode coverage = document.putObject("coverage");
    write(coverage.putObject("multiples"), ledger.multiples());
    write(coverage.putObject("dates"), ledger.dates());
    document.put("count", ledger.entries().size());
    ArrayNode array = document.putArray("predictions");
    ledger.entries().stream().limit(MOST_ENTRIES).forEach(entry -> write(array.addObject(), entry));
    return document;
  }

  private static void write(ObjectNode node, Ledger.Tally tally) {
    node.put("decided", tally.decided()).put("right", tally.right());
    if (tally.decided() > 0) {
      JsonNumbers.put(node, "share", (double) tally.right() / tally.decided());
      JsonNumbers.put(node, "intended", tally.coverage());
    }
  }

  private static void write(ObjectNode node, Entry entry) {
    Prediction said = entry.prediction();
    node.put("at", said.at().toString()).put("station", said.station().text());
    WallsJson.write(node, "multiple", said.multiple());
    JsonNumbers.put(node, "peakPerSecond", said.peakPerSecond());
    var date = said.date();
    if (date != null) {
      WallsJson.write(node.putObject("date"), date);
    }
    node.put("verdict", word(entry.load()));
    Verdict ofDate = entry.date();
    if (ofDate != null) {
      node.put("dateVerdict", word(ofDate));
    }
    entry.actualMultiple().ifPresent(actual -> JsonNumbers.put(node, "actualMultiple", actual));
    if (entry.at() != null) {
      node.put("decidedAt", entry.at().toString());
    }
    node.put("why", entry.why());
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
