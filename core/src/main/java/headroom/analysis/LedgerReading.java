package headroom.analysis;

import headroom.ledger.Ledger;
import headroom.ledger.LoadRecord;
import headroom.ledger.Prediction;
import headroom.model.Event;
import headroom.requests.UserRequests;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import headroom.store.RollupStore.Extent;
import headroom.wall.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The ledger of a store: kept predictions, judged by the load that came after them. */
final class LedgerReading {
  private LedgerReading() {}

  /** Judged in rows of ten minutes as far as they reach, of an hour before. */
  static Ledger of(RollupStore store, Objective objective, Supplier<UserRequests> requests) {
    Extent extent = store.extent(Resolution.HOUR).orElse(null);
    if (extent == null) {
      return new Ledger(List.of());
    }
    Instant to = Instant.MAX;
    Instant from = extent.to().minus(Resolution.HOUR.retention());
    List<Event> events = new ArrayList<>(store.events(from, to, Prediction.KIND));
    if (events.isEmpty()) {
      return new Ledger(List.of());
    }
    Instant first = events.getFirst().at();
    boolean recent =
        Duration.between(first, extent.to()).compareTo(Resolution.TEN_MINUTES.retention()) < 0;
    Resolution rows = recent ? Resolution.TEN_MINUTES : Resolution.HOUR;
    var record = new LoadRecord(rows.seconds(), objective);
    UserRequests read = requests.get();
    store.scan(
        rows,
        Instant.ofEpochSecond(rows.windowStart(first.getEpochSecond())),
        extent.to(),
        UserRequests.LOAD,
        series -> read.load(series).ifPresent(record::add));
    events.addAll(store.events(first, to, "outcome"));
    events.addAll(store.events(first, to, "test"));
    return Ledger.of(events, record);
  }
}
