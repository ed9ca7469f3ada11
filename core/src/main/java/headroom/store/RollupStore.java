package headroom.store;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps rollups in tiers of resolution, and events. Laws, each a test of its contract:
 *
 * <ul>
 *   <li>what was merged can be read back, in every tier that covers it: the coarser cell is the
 *       merge of the finer ones, however late they came;
 *   <li>merging is commutative and associative: order and batches do not matter (sums up to
 *       rounding);
 *   <li>a window that started more than its tier's retention ago is gone after {@link #expire},
 *       younger ones stay, in coarser tiers too;
 *   <li>what {@link #merge} and {@link #record} returned from survives the death of the process;
 *   <li>an event that equals one already kept changes nothing, so that a sender may repeat itself;
 *   <li>what was read does not change when the store does, and the other way round.
 * </ul>
 *
 * Safe for use by several threads. Every method can throw {@link StoreException}.
 */
public interface RollupStore extends AutoCloseable {
  /**
   * Merges rollups at {@link Resolution#TEN_SECONDS} into every tier, all or none of them.
   *
   * @throws StoreException when they could not be kept: none of them is, the caller may try again
   */
  void merge(List<Rollup> rollups);

  /**
   * The series of these measures (all when empty) in windows that start within [from, to), sorted
   * by {@link Series#BY_KEY}, and the events of that time.
   */
  default History history(Resolution resolution, Instant from, Instant to, Set<Measure> measures) {
    List<Series> series = new ArrayList<>();
    scan(resolution, from, to, measures, series::add);
    return History.of(resolution, from, to, series, events(from, to, ""));
  }

  /**
   * Gives the same series one after the other, so that more can be read than fits in memory. What
   * is given is of one moment even when others merge meanwhile.
   */
  void scan(
      Resolution resolution,
      Instant from,
      Instant to,
      Set<Measure> measures,
      Consumer<Series> consumer);

  /** The first and the last window of a tier, empty when it holds nothing. */
  Optional<Extent> extent(Resolution resolution);

  /** Keeps an event. */
  void record(Event event);

  /** Events of this kind (all when empty) within [from, to), oldest first, then as they came. */
  List<Event> events(Instant from, Instant to, String kind);

  /**
   * Drops windows that are older than their tier's retention, seen from {@code now}, and events
   * older than the longest of them.
   */
  void expire(Instant now);

  @Override
  void close();

  /**
   * The time that a tier covers.
   *
   * @param from start of the first window
   * @param to end of the last window
   */
  record Extent(Instant from, Instant to) {}
}
