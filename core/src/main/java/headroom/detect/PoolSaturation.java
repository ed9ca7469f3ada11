package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.Causes;
import headroom.wall.Wall;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;

/**
 * Pools that run out of connections, and why these are not given back: which operations and
 * statements hold them, and how much of the time they are held while nothing runs on them.
 */
final class PoolSaturation implements Detector {
  private static final double HIGH = 0.75;
  private static final double FULL = 0.92;
  private static final double WAITING = 0.3;
  private static final double MANY_WAITING = 1;

  /** A level needs as many samples before its mean is believed. */
  private static final int FEWEST_SAMPLES = 4;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    var causes = new Causes(observation.history());
    for (Thing pool : observation.index().things(Measure.POOL_USED, Measure.POOL_HOLD)) {
      for (String instance : pool.instances()) {
        new Pool(observation, pool, instance).judge(findings, causes);
      }
    }
    return findings;
  }

  /** One pool of one instance. */
  private static final class Pool {
    final Observation observation;
    final Thing pool;
    final String instance;
    final OptionalDouble limit;
    final Cell pending;
    final double timeouts;
    final double used;

    Pool(Observation observation, Thing pool, String instance) {
      this.observation = observation;
      this.pool = pool;
      this.instance = instance;
      this.limit = SeriesIndex.latest(at(Measure.POOL_LIMIT));
      this.pending = observation.recent(at(Measure.POOL_PENDING));
      this.timeouts = observation.recent(at(Measure.POOL_TIMEOUTS)).sum();
      this.used = used();
    }

    List<Series> at(Measure measure) {
      return observation.index().at(measure, pool, instance);
    }

    /** Connections in use now: by the time they were held, else by samples. */
    double used() {
      NavigableMap<Long, Cell> holds = Observation.byWindow(at(Measure.POOL_HOLD));
      NavigableMap<Long, Cell> recent = holds.tailMap(observation.recentFrom(), true);
      if (recent.size() >= 2) {
        double held = recent.values().stream().mapToDouble(Cell::sum).sum();
        double span = recent.lastKey() - recent.firstKey() + observation.windowSeconds();
        return held / span;
      }
      Cell level = observation.recent(at(Measure.POOL_USED));
      return level.count() < FEWEST_SAMPLES ? 0 : level.mean().orElse(0);
    }

    void judge(List<Finding> findings, Causes causes) {
      double utilization = limit.isPresent() ? used / limit.getAsDouble() : 0;
      double waiting = pending.count() < FEWEST_SAMPLES ? 0 : pending.mean().orElse(0);
      boolean critical = utilization >= FULL || waiting >= MANY_WAITING || timeouts > 0;
      if (!critical && utilization < HIGH && waiting < WAITING) {
        return;
      }
      String named = new Station(pool.service(), StationKind.POOL, pool.subject()).text();
      List<Wall.Cause> holders = causes.ofPool(pool.service(), pool.subject());
      double idle = causes.outsideStatements(pool.service(), pool.subject());
      findings.add(
          new Finding(
              Words.id(Kind.POOL, pool.service(), pool.subject(), instance),
              Kind.POOL,
              named,
              critical ? Severity.CRITICAL : Severity.WARNING,
              null,
              null,
              summary(utilization, waiting, holders),
              holders.stream().map(Pool::cause).toList(),
              evidence(utilization, waiting, idle, holders),
              next(holders, idle)));
    }

    static Finding.Cause cause(Wall.Cause cause) {
      return new Finding.Cause(
          cause.what().name().toLowerCase(java.util.Locale.ROOT), cause.name(), cause.share());
    }

    String summary(double utilization, double waiting, List<Wall.Cause> holders) {
      var text = new StringBuilder();
      if (limit.isPresent()) {
        text.append(
            format(
                "%.1f of %.0f connections are in use (%s)",
                used, limit.getAsDouble(), percent(utilization)));
      } else {
        text.append(format("%.1f connections are in use", used));
      }
      if (waiting >= WAITING) {
        text.append(format(", %.1f requests wait for one", waiting));
      }
      if (timeouts > 0) {
        text.append(format(", %.0f gave up waiting", timeouts));
      }
      if (!holders.isEmpty()) {
        text.append(
            format(
                "; %s holds them %s of the time",
                holders.get(0).name(), percent(holders.get(0).share())));
      }
      return text.toString();
    }

    List<Evidence> evidence(
        double utilization, double waiting, double idle, List<Wall.Cause> holders) {
      List<Evidence> evidence = new ArrayList<>();
      double room = limit.orElse(1);
      evidence.add(
          Charts.evidence(
              "connections in use",
              limit.isPresent() ? utilization : used,
              limit.isPresent() ? "1" : "connections",
              Observation.byWindow(at(Measure.POOL_USED)),
              cell ->
                  cell.mean().isPresent()
                      ? OptionalDouble.of(cell.mean().getAsDouble() / room)
                      : OptionalDouble.empty()));
      evidence.add(
          Charts.evidence(
              "requests that wait for a connection",
              waiting,
              "requests",
              Observation.byWindow(at(Measure.POOL_PENDING)),
              Cell::mean));
      observation
          .recent(at(Measure.POOL_WAIT))
          .quantile(0.99)
          .ifPresent(wait -> evidence.add(Charts.number("p99 wait for a connection", wait, "s")));
      observation
          .recent(at(Measure.POOL_HOLD))
          .mean()
          .ifPresent(
              hold -> evidence.add(Charts.number("mean time a connection is held", hold, "s")));
      if (idle > 0) {
        evidence.add(Charts.number("held while no statement runs", idle, "1"));
      }
      for (Wall.Cause holder : holders) {
        if (holder.what() == Wall.Cause.What.OPERATION) {
          holdOf(holder.name(), evidence);
        }
      }
      return evidence;
    }

    void holdOf(String operation, List<Evidence> evidence) {
      List<Series> holds =
          observation.index().ofService(Measure.HOLD, pool.service()).stream()
              .filter(series -> series.key().subject().equals(operation))
              .toList();
      observation
          .recent(holds)
          .mean()
          .ifPresent(mean ->
              evidence.add(
                  Charts.evidence(
                      operation + " holds a connection for",
                      mean,
                      "s",
                      Observation.byWindow(holds),
                      Cell::mean)));
    }

    String next(List<Wall.Cause> holders, double idle) {
      if (idle >= 0.5) {
        return format(
            "Connections are held %s of the time while no statement runs on them: take the"
                + " connection later, give it back earlier, and call nothing remote in between.",
            percent(idle));
      }
      return holders.stream()
          .filter(cause -> cause.what() == Wall.Cause.What.STATEMENT)
          .findFirst()
          .map(cause ->
              format(
                  "Take `%s` out of the request (batch it, or do it later): it takes %s of the time"
                      + " that connections are held.",
                  cause.name(), percent(cause.share())))
          .orElse("Find what holds the connections: trace the statements of this service.");
    }
  }
}
