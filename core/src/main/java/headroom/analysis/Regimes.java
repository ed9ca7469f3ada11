package headroom.analysis;

import headroom.model.Measure;
import headroom.regime.RegimeChange;
import headroom.regime.RegimeChanges;
import headroom.requests.UserRequests;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store shows of times that changed at equal load: in the rows that the analysis looks at
 * anyway, and where those are wide, in the minutes of the last hours.
 */
final class Regimes {
  private static final Set<Measure> MEASURES =
      Set.copyOf(
          EnumSet.of(
              Measure.OPERATION,
              Measure.OPERATION_SELF,
              Measure.SERVER_DURATION,
              Measure.STATEMENT,
              Measure.CALL));

  /** How far back rows of a minute are read. */
  private static final Duration RECENT = Duration.ofHours(6);

  private final RollupStore store;
  private @Nullable Remembered last;

  private record Remembered(Instant until, List<RegimeChange> changes) {}

  Regimes(RollupStore store) {
    this.store = store;
  }

  /** Of these requests; looked for again when a minute more is known. */
  synchronized List<RegimeChange> changes(UserRequests requests) {
    Instant to = requests.history().to();
    if (last == null || !last.until().equals(to)) {
      last = new Remembered(to, found(requests));
    }
    return last.changes();
  }

  /** Since when times are as they are now, as far as walls are concerned. */
  Optional<Instant> latestSince(UserRequests requests) {
    return RegimeChanges.latestSince(changes(requests));
  }

  private List<RegimeChange> found(UserRequests requests) {
    History history = requests.history();
    if (history.resolution() != Resolution.TEN_MINUTES) {
      return RegimeChanges.of(history);
    }
    List<RegimeChange> changes = new ArrayList<>(RegimeChanges.of(minutes(requests), history));
    for (RegimeChange slow : RegimeChanges.of(history)) {
      if (changes.stream().noneMatch(quick -> isSame(quick, slow))) {
        changes.add(slow);
      }
    }
    return changes;
  }

  private History minutes(UserRequests requests) {
    Instant to = requests.history().to();
    Instant from = to.minus(RECENT);
    List<Series> kept = new ArrayList<>();
    store.scan(
        Resolution.MINUTE,
        from,
        to,
        MEASURES,
        series -> {
          if (requests.tellsDurations(series.key())) {
            kept.add(series);
          }
        });
    return History.of(Resolution.MINUTE, from, to, kept, store.events(from, to, "deploy"));
  }

  private static boolean isSame(RegimeChange one, RegimeChange other) {
    return one.service().equals(other.service())
        && one.operation().equals(other.operation())
        && one.part().equals(other.part());
  }
}
