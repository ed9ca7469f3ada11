package headroom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.load.study.StationLoad;
import headroom.load.study.interference.Interference.Company;
import headroom.load.study.interference.Interference.Span;
import headroom.model.Discipline;
import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures;
import headroom.model.StationMeasures.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** What a server's telemetry says of the stations of a target while it was tested. */
final class StationWatch {
  /** Above this share of the processor everything waits, and pools are full because of it. */
  private static final double PROCESSOR_FULL = 0.93;

  private static final double FULL = 0.8;

  /** From here on a station is named as the one that broke. */
  private static final double SATURATED = 0.9;

  /** What comes that near to another use is the same. */
  private static final double AS_BUSY = 0.95;

  /** Fewer resent calls per request than this hold nobody down. */
  private static final double MANY_RETRIES = 0.2;

  private final ServerClient server;

  /** The measures that tell how full stations of a kind are; a share has no limit but 1. */
  private record Gauge(StationKind kind, Measure used, Optional<Measure> limit) {
    /** How a kind is watched; empty when no level of it is told that can be full. */
    static Optional<Gauge> of(StationKind kind) {
      StationMeasures told = kind.measures();
      Optional<Measure> share = told.in(Role.MACHINE_SHARE);
      if (share.isPresent()) {
        return Optional.of(new Gauge(kind, share.get(), Optional.empty()));
      }
      Optional<Measure> limit = told.in(Role.LIMIT);
      return told.in(Role.USED)
          .filter(used -> limit.isPresent() && isWaitedFor(kind))
          .map(used -> new Gauge(kind, used, limit));
    }

    private static boolean isWaitedFor(StationKind kind) {
      return kind.discipline().filter(who -> who != Discipline.LIMIT).isPresent();
    }
  }

  StationWatch(ServerClient server) {
    this.server = server;
  }

  /** Busiest with all together first, but those last that were as busy while all was well. */
  List<StationLoad> during(List<Company> companies) throws InterruptedException {
    Map<Station, Map<Set<String>, Double>> busy = new TreeMap<>();
    for (Company company : companies) {
      busy(company.times())
          .forEach((station, utilization) ->
              busy.computeIfAbsent(station, s -> new HashMap<>())
                  .put(company.flows(), utilization));
    }
    return busy.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<Station, Map<Set<String>, Double>> one) ->
                -rank(one.getKey(), one.getValue(), companies)))
        .map(one -> new StationLoad(one.getKey().text(), one.getValue()))
        .toList();
  }

  /** What a target that stays down does now that it did not before: full stations and retries. */
  List<String> causes(Span before, Span now) throws InterruptedException {
    var causes = new ArrayList<String>();
    Map<String, Double> retriesBefore = retries(before);
    retries(now)
        .forEach((action, resent) -> {
          double usual = retriesBefore.getOrDefault(action, 0.0);
          if (resent > 2 * usual && resent > MANY_RETRIES) {
            causes.add(
                "retries: %s sends %.1f calls again per request (%.2f before the trigger)"
                    .formatted(action, resent, usual));
          }
        });
    Map<Station, Double> busyBefore = busy(List.of(before));
    busy(List.of(now))
        .forEach((station, utilization) -> {
          double usual = busyBefore.getOrDefault(station, 0.0);
          if (utilization >= FULL && utilization > usual + 0.1) {
            causes.add(
                "%s is still %.0f %% busy (%.0f %% before the trigger)"
                    .formatted(station.text(), 100 * utilization, 100 * usual));
          }
        });
    return causes;
  }

  /** The station that had nothing left to give; empty when none is seen to have been full. */
  Optional<Station> fullest(Span time) throws InterruptedException {
    return busy(List.of(time)).entrySet().stream()
        .filter(station -> station.getValue() >= SATURATED)
        .max(
            Comparator.comparingDouble((Map.Entry<Station, Double> station) ->
                station.getKey().kind() == StationKind.CPU && station.getValue() >= PROCESSOR_FULL
                    ? 2
                    : station.getValue()))
        .map(Map.Entry::getKey);
  }

  /** Calls that were sent again, per request, by action. */
  private Map<String, Double> retries(Span time) throws InterruptedException {
    JsonNode document =
        server.get(
            "/api/v1/series?measure=action_retries&from=%s&to=%s"
                .formatted(time.from(), time.to()));
    long width = document.path("resolutionSeconds").asLong(10);
    var retries = new TreeMap<String, Double>();
    for (JsonNode series : document.path("series")) {
      mean(series, time, width)
          .ifPresent(resent ->
              retries.put(
                  series.path("service").asText() + " " + series.path("subject").asText(), resent));
    }
    return retries;
  }

  private Map<Station, Double> busy(List<Span> times) throws InterruptedException {
    var sums = new TreeMap<Station, double[]>();
    for (Span time : times) {
      for (StationKind kind : StationKind.values()) {
        Optional<Gauge> gauge = Gauge.of(kind);
        if (gauge.isPresent()) {
          add(gauge.get(), time, sums);
        }
      }
    }
    var busy = new TreeMap<Station, Double>();
    sums.forEach((station, sum) -> busy.put(station, sum[0] / sum[1]));
    return busy;
  }

  /**
   * A full processor is the deepest cause; below that it only competes with its figure. What was as
   * busy while the objectives held is none.
   */
  private static double rank(
      Station station, Map<Set<String>, Double> busy, List<Company> companies) {
    double utilization = busy.getOrDefault(companies.getLast().flows(), 0.0);
    boolean harmless =
        companies.stream()
            .filter(Company::hasHeld)
            .anyMatch(c -> busy.getOrDefault(c.flows(), 0.0) >= AS_BUSY * utilization);
    if (harmless) {
      return utilization - 1;
    }
    boolean processor = station.kind() == StationKind.CPU;
    return processor && utilization >= PROCESSOR_FULL ? 2 : utilization;
  }

  /** Adds the mean use of each station of a kind to sum and count by station. */
  private void add(Gauge gauge, Span time, Map<Station, double[]> sums)
      throws InterruptedException {
    String used = word(gauge.used);
    Optional<String> limit = gauge.limit.map(StationWatch::word);
    String measures = used + limit.map(","::concat).orElse("");
    JsonNode document =
        server.get(
            "/api/v1/series?measure=%s&from=%s&to=%s".formatted(measures, time.from(), time.to()));
    long width = document.path("resolutionSeconds").asLong(10);
    for (JsonNode series : document.path("series")) {
      if (!series.path("measure").asText().equals(used)) {
        continue;
      }
      OptionalDouble inUse = mean(series, time, width);
      OptionalDouble room =
          limit.isEmpty() ? OptionalDouble.of(1) : room(document, series, limit.get());
      if (inUse.isPresent() && room.isPresent() && room.getAsDouble() > 0) {
        var station =
            new Station(
                series.path("service").asText(), gauge.kind, series.path("subject").asText());
        double[] sum = sums.computeIfAbsent(station, unused -> new double[2]);
        sum[0] += inUse.getAsDouble() / room.getAsDouble();
        sum[1]++;
      }
    }
  }

  private static String word(Measure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  /** Over the windows that lie within the time; empty when none does. */
  private static OptionalDouble mean(JsonNode series, Span time, long width) {
    double sum = 0;
    int count = 0;
    for (JsonNode point : series.path("points")) {
      Instant at = Instant.parse(point.path("at").asText());
      boolean within =
          !at.isBefore(time.from()) && !at.plusSeconds(width).isAfter(time.to().plusSeconds(1));
      if (within && point.has("mean")) {
        sum += point.path("mean").asDouble();
        count++;
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  private static OptionalDouble room(JsonNode document, JsonNode used, String limit) {
    for (JsonNode series : document.path("series")) {
      if (series.path("measure").asText().equals(limit)
          && series.path("service").equals(used.path("service"))
          && series.path("instance").equals(used.path("instance"))
          && series.path("subject").equals(used.path("subject"))) {
        JsonNode points = series.path("points");
        if (!points.isEmpty()) {
          return OptionalDouble.of(points.get(points.size() - 1).path("last").asDouble());
        }
      }
    }
    return OptionalDouble.empty();
  }
}
