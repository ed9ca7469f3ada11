package headroom.wall;

import static headroom.wall.belief.Limits.SMALLEST_CAUSE;
import static headroom.wall.belief.Witnesses.OUTSIDE_TOLD;
import static headroom.wall.belief.Witnesses.UNEXPLAINED_TOLD;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.Wall.Cause;
import headroom.wall.evidence.Holders;
import headroom.wall.evidence.StationUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What holds a station: operations by their share of the time it is held, see {@link Holders}, and
 * statements by theirs of the same time. For processors, by the time that responses spend outside
 * of the database.
 */
public final class Causes {
  private static final int OPERATIONS = 3;
  private static final int STATEMENTS = 4;

  private final History history;

  /**
   * Holders, which are asked for with the causes, the notes and the share outside of statements.
   */
  private final Map<Station, Holders> byPool = new HashMap<>();

  public Causes(History history) {
    this.history = history;
  }

  List<Cause> of(StationUse station) {
    return switch (station.kind()) {
      case POOL -> ofPool(station.service(), station.station().subject());
      case CONNECTIONS -> ofDatabase(station.service());
      case CPU, THREADS, EXECUTOR -> ofService(station.service());
      // Nothing tells who uses others.
      default -> List.of();
    };
  }

  /** What holds the connections of one pool. */
  public List<Cause> ofPool(String service, String pool) {
    Holders holders = holders(service, pool);
    List<Cause> causes = new ArrayList<>();
    causes.addAll(top(Cause.What.OPERATION, holders.byOperation(), holders.seconds(), OPERATIONS));
    causes.addAll(top(Cause.What.STATEMENT, holders.statements(), holders.seconds(), STATEMENTS));
    return causes;
  }

  /** The share of the time in which they are held without a statement that runs, 0..1. */
  public double outsideStatements(String service, String pool) {
    return holders(service, pool).outsideStatements();
  }

  private Holders holders(String service, String pool) {
    return byPool.computeIfAbsent(
        new Station(service, StationKind.POOL, pool), unused -> Holders.of(history, service, pool));
  }

  /** What a reader should know about who holds a station. */
  List<String> notes(StationUse station) {
    if (station.kind() != StationKind.POOL) {
      return List.of();
    }
    Holders holders = holders(station.service(), station.station().subject());
    List<String> notes = new ArrayList<>();
    if (holders.outsideStatements() >= OUTSIDE_TOLD) {
      notes.add(Wording.outsideStatements(holders.outsideStatements()));
    }
    double known = sum(holders.byOperation()) / Math.max(1e-9, holders.seconds());
    if (!holders.byOperation().isEmpty() && known < 1 - UNEXPLAINED_TOLD) {
      notes.add(Wording.heldByNobodyKnown(1 - known));
    }
    return notes;
  }

  private List<Cause> ofDatabase(String service) {
    Map<String, Double> operations = seconds(Measure.HOLD, service, SeriesKey::subject);
    Map<String, Double> statements = seconds(Measure.STATEMENT, service, SeriesKey::subject);
    double held = sum(operations);
    double executed = sum(statements);
    List<Cause> causes = new ArrayList<>();
    causes.addAll(top(Cause.What.OPERATION, operations, held, OPERATIONS));
    causes.addAll(top(Cause.What.STATEMENT, statements, Math.max(held, executed), STATEMENTS));
    return causes;
  }

  private List<Cause> ofService(String service) {
    Map<String, Double> whole = seconds(Measure.OPERATION, service, SeriesKey::subject);
    Map<String, Double> operations = new HashMap<>(whole);
    seconds(Measure.STATEMENT, service, SeriesKey::detail)
        .forEach((operation, spent) ->
            operations.computeIfPresent(operation, (unused, all) -> Math.max(0, all - spent)));
    // Sampled traces may tell of more time in statements than there was in all.
    Map<String, Double> told = sum(operations) > 0 ? operations : whole;
    return top(Cause.What.OPERATION, told, sum(told), OPERATIONS);
  }

  private Map<String, Double> seconds(
      Measure measure, String service, Function<SeriesKey, String> name) {
    Map<String, Double> seconds = new HashMap<>();
    for (Series series : history.of(measure)) {
      if (series.key().service().equals(service)) {
        seconds.merge(name.apply(series.key()), series.total().sum(), Double::sum);
      }
    }
    return seconds;
  }

  private static double sum(Map<String, Double> seconds) {
    return seconds.values().stream().mapToDouble(value -> value).sum();
  }

  private static List<Cause> top(
      Cause.What what, Map<String, Double> seconds, double whole, int most) {
    return seconds.entrySet().stream()
        .filter(entry -> whole > 0 && entry.getValue() >= SMALLEST_CAUSE * whole)
        .map(entry -> new Cause(what, entry.getKey(), entry.getValue() / whole))
        .sorted(Comparator.comparingDouble(Cause::share).reversed().thenComparing(Cause::name))
        .limit(most)
        .toList();
  }
}
