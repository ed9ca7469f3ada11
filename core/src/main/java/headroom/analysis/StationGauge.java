package headroom.analysis;

import headroom.model.Discipline;
import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.model.StationMeasures;
import headroom.model.StationMeasures.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The measures that tell how full the stations of a kind are.
 *
 * @param used a level, of instances and subjects
 * @param limit that it has; empty for a share, which has none but 1
 */
public record StationGauge(StationKind kind, Measure used, Optional<Measure> limit) {
  /** Those of all kinds that can be seen to be full. */
  public static final List<StationGauge> ALL =
      Stream.of(StationKind.values()).flatMap(kind -> of(kind).stream()).toList();

  /** That of a kind; empty when nothing reports a level of it that can be full. */
  static Optional<StationGauge> of(StationKind kind) {
    StationMeasures told = kind.measures();
    Optional<Measure> share = told.in(Role.MACHINE_SHARE);
    if (share.isPresent()) {
      return Optional.of(new StationGauge(kind, share.get(), Optional.empty()));
    }
    Optional<Measure> limit = told.in(Role.LIMIT);
    return told.in(Role.USED)
        .filter(used -> limit.isPresent() && isWaitedFor(kind))
        .map(used -> new StationGauge(kind, used, limit));
  }

  private static boolean isWaitedFor(StationKind kind) {
    return kind.discipline().filter(who -> who != Discipline.LIMIT).isPresent();
  }
}
