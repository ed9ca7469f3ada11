package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Memory that is never given back, with the date at which it is used up: the growth of the live set
 * after collections; without that, of the hourly least use. How it is told from warm-ups, full
 * caches and the saw of the collector stands in {@code docs/math/memory.md}.
 */
final class MemoryGrowth implements Detector {
  /** Growth that takes less than this share of what is free in two weeks is no news. */
  private static final double NOTICEABLE = 0.1;

  private static final double TWO_WEEKS_HOURS = 14 * 24;
  private static final double SOON_HOURS = 7 * 24;

  /** Less of the time that goes to collections is no sign of an end. */
  private static final double NOTICEABLE_COLLECTING = 0.05;

  /** Nearer dates are told with their hour. */
  private static final double HOURS_TELL = 48;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd 'at' HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** So many deviations beside its line a floor may reach the limit. */
  private static final double SPREAD = 2.576;

  @Override
  public List<Finding> detect(Observation observation) {
    Map<List<String>, Leak> worst = new HashMap<>();
    for (Measure measure : List.of(Measure.MEMORY_LIVE, Measure.MEMORY_USED)) {
      for (Series series : observation.history().of(measure)) {
        SeriesKey key = series.key();
        boolean better =
            measure == Measure.MEMORY_USED
                && observation
                    .index()
                    .ofInstance(Measure.MEMORY_LIVE, key.service(), key.instance())
                    .stream()
                    .anyMatch(live -> live.key().subject().equals(key.subject()));
        if (!better) {
          leak(observation, series)
              .ifPresent(leak ->
                  worst.merge(List.of(key.service(), key.subject()), leak, MemoryGrowth::sooner));
        }
      }
    }
    return worst.values().stream()
        .map(MemoryGrowth::finding)
        .sorted(Comparator.comparing(Finding::id))
        .toList();
  }

  /**
   * One instance's memory that grows.
   *
   * @param collecting share of the time that goes to collections now
   * @param instances that grow alike
   */
  private record Leak(
      SeriesKey key,
      LiveSet set,
      double limit,
      NavigableMap<Long, Double> floors,
      OptionalDouble collecting,
      int instances) {
    /** In hours, until collections are all that is done; empty where they take little now. */
    OptionalDouble hoursToCollectorsEnd() {
      if (collecting.isEmpty() || collecting.getAsDouble() < NOTICEABLE_COLLECTING) {
        return OptionalDouble.empty();
      }
      double full = CollectorShare.allAt(collecting.getAsDouble(), set.bytes(), limit);
      return OptionalDouble.of(Math.max(0, full - set.bytes()) / set.perHour().slope());
    }

    double hoursLeft() {
      return hoursLeft(0, set.perHour().slope());
    }

    double earliestHours() {
      return hoursLeft(-SPREAD, set.perHour().high());
    }

    double latestHours() {
      return hoursLeft(SPREAD, set.perHour().low());
    }

    private double hoursLeft(double deviations, double perHour) {
      return Math.max(0, limit - set.bytes() + deviations * set.sigma()) / perHour;
    }

    Instant at(double hours) {
      long seconds = (long) Math.min(hours * 3_600, 3.2e9);
      return Instant.ofEpochSecond(floors.lastKey() + 3_600).plusSeconds(seconds);
    }
  }

  private static Leak sooner(Leak a, Leak b) {
    Leak first = a.hoursLeft() <= b.hoursLeft() ? a : b;
    return new Leak(
        first.key,
        first.set,
        first.limit,
        first.floors,
        first.collecting,
        a.instances + b.instances);
  }

  private static Optional<Leak> leak(Observation observation, Series series) {
    SeriesKey key = series.key();
    OptionalDouble limit = limit(observation, key);
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    var floors = new TreeMap<Long, Double>();
    for (Series.Window window : series.windows()) {
      if (window.cell().count() > 0) {
        floors.merge(Resolution.HOUR.windowStart(window.start()), window.cell().min(), Math::min);
      }
    }
    if (floors.size() < 2) {
      return Optional.empty();
    }
    Map<Long, Double> loads = loads(observation, key.service());
    double[] hours = floors.keySet().stream().mapToDouble(start -> start / 3_600.0).toArray();
    double[] values = floors.values().stream().mapToDouble(value -> value).toArray();
    double[] load =
        floors.keySet().stream().mapToDouble(start -> loads.getOrDefault(start, 0.0)).toArray();
    OptionalDouble collecting = CollectorShare.now(observation, key);
    return LiveSet.growth(hours, values, load, limit.getAsDouble())
        .map(set -> new Leak(key, set, limit.getAsDouble(), floors, collecting, 1))
        .filter(leak ->
            leak.set.perHour().slope() * TWO_WEEKS_HOURS
                >= NOTICEABLE * Math.max(0, leak.limit - leak.set.bytes()));
  }

  private static OptionalDouble limit(Observation observation, SeriesKey key) {
    for (Measure measure : List.of(Measure.MEMORY_LIMIT, Measure.MEMORY_LIVE_LIMIT)) {
      OptionalDouble limit =
          SeriesIndex.latest(
              observation.index().ofInstance(measure, key.service(), key.instance()).stream()
                  .filter(series -> series.key().subject().equals(key.subject()))
                  .toList());
      if (limit.isPresent()) {
        return limit;
      }
    }
    return OptionalDouble.empty();
  }

  /** Requests of the service by hour. */
  private static Map<Long, Double> loads(Observation observation, String service) {
    List<Series> served = observation.index().ofService(Measure.OPERATION, service);
    Map<Long, Double> loads = new HashMap<>();
    for (Series series :
        served.isEmpty() ? observation.index().ofService(Measure.ACTION, service) : served) {
      for (Series.Window window : series.windows()) {
        Cell cell = window.cell();
        loads.merge(
            Resolution.HOUR.windowStart(window.start()), (double) cell.count(), Double::sum);
      }
    }
    return loads;
  }

  private static Finding finding(Leak leak) {
    var perHour = leak.set.perHour();
    double left = leak.hoursLeft();
    Instant median = leak.at(left);
    Instant low = leak.at(leak.earliestHours());
    Instant high = leak.at(leak.latestHours());
    String subject = leak.key.service() + "/memory/" + leak.key.subject();
    List<Evidence> evidence = new ArrayList<>();
    List<Evidence.Point> points = new ArrayList<>();
    leak.floors.forEach(
        (start, floor) -> points.add(new Evidence.Point(Instant.ofEpochSecond(start), floor)));
    evidence.add(
        new Evidence("in use after collections", leak.set.bytes(), "bytes", Charts.thin(points)));
    evidence.add(Charts.number("limit", leak.limit, "bytes"));
    leak.collecting.ifPresent(
        share -> evidence.add(Charts.number("share of the time in collections", share, "1")));
    evidence.add(Charts.number("growth per day", 24 * perHour.slope(), "bytes"));
    evidence.add(Charts.number("days until it is used up", left / 24, "days"));
    evidence.add(Charts.number("at the earliest", leak.earliestHours() / 24, "days"));
    evidence.add(Charts.number("at the latest", leak.latestHours() / 24, "days"));
    return new Finding(
        Words.id(Kind.MEMORY, leak.key.service(), leak.key.subject()),
        Kind.MEMORY,
        subject,
        left <= SOON_HOURS ? Severity.CRITICAL : Severity.WARNING,
        null,
        null,
        format(
            "%s of %s are in use after collections and %s more every day%s: used up on %s (between"
                + " %s and %s)%s",
            percent(leak.set.bytes() / leak.limit),
            bytes(leak.limit),
            bytes(24 * perHour.slope()),
            leak.instances > 1 ? format(", on %d instances", leak.instances) : "",
            told(median, left),
            told(low, left),
            told(high, left),
            collector(leak)),
        List.of(),
        evidence,
        "Take two heap dumps some hours apart and compare what has grown; a restart only moves the"
            + " date.");
  }

  private static String collector(Leak leak) {
    OptionalDouble end = leak.hoursToCollectorsEnd();
    return end.isEmpty()
        ? ""
        : format(
            "; collections take %s of the time already, and all of it on %s",
            percent(leak.collecting.orElse(0)),
            told(leak.at(end.getAsDouble()), end.getAsDouble()));
  }

  /** The day, and where it is near the hour. */
  private static String told(Instant at, double hoursLeft) {
    return hoursLeft <= HOURS_TELL ? HOUR.format(at) : DAY.format(at);
  }

  private static String bytes(double bytes) {
    return bytes >= 1e9 ? format("%.2f GB", bytes / 1e9) : format("%.1f MB", bytes / 1e6);
  }
}
