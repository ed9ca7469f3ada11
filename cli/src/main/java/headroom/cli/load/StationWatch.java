package headroom.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.analysis.StationBlame;
import headroom.analysis.StationBlame.MoreRetries;
import headroom.analysis.StationBlame.StillBusy;
import headroom.analysis.StationGauge;
import headroom.cli.data.ServerClient;
import headroom.cli.terminal.NumberText;
import headroom.load.study.StationLoad;
import headroom.load.study.interference.Interference.Company;
import headroom.load.study.interference.Interference.Span;
import headroom.model.Measure;
import headroom.model.Station;
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
  private final ServerClient server;

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
    List<Station> stations = new ArrayList<>(busy.keySet());
    stations.sort(
        Comparator.comparingDouble(
            station -> -blame(station, busy.getOrDefault(station, Map.of()), companies)));
    return stations.stream()
        .map(station -> new StationLoad(station.text(), busy.getOrDefault(station, Map.of())))
        .toList();
  }

  /** With all flows together, beside the companies in which the objectives held. */
  private static double blame(
      Station station, Map<Set<String>, Double> busy, List<Company> companies) {
    return StationBlame.of(
        station,
        busy.getOrDefault(companies.getLast().flows(), 0.0),
        companies.stream()
            .filter(Company::hasHeld)
            .mapToDouble(company -> busy.getOrDefault(company.flows(), 0.0)));
  }

  /** What a target that stays down does now that it did not before: full stations and retries. */
  List<String> causes(Span before, Span now) throws InterruptedException {
    var causes = new ArrayList<String>();
    for (MoreRetries more : StationBlame.moreRetries(retries(before), retries(now))) {
      causes.add(
          NumberText.format(
              "retries: %s sends %.1f calls again per request (%.2f before the trigger)",
              more.action(), more.now(), more.before()));
    }
    for (StillBusy still : StationBlame.stillBusy(busy(List.of(before)), busy(List.of(now)))) {
      causes.add(
          NumberText.format(
              "%s is still %s busy (%s before the trigger)",
              still.station().text(),
              NumberText.percent(still.now()),
              NumberText.percent(still.before())));
    }
    return causes;
  }

  /** The station that had nothing left to give; empty when none is seen to have been full. */
  Optional<Station> fullest(Span time) throws InterruptedException {
    return StationBlame.fullest(busy(List.of(time)));
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
      for (StationGauge gauge : StationGauge.ALL) {
        add(gauge, time, sums);
      }
    }
    var busy = new TreeMap<Station, Double>();
    sums.forEach((station, sum) -> busy.put(station, sum[0] / sum[1]));
    return busy;
  }

  /** Adds the mean use of each station of a kind to sum and count by station. */
  private void add(StationGauge gauge, Span time, Map<Station, double[]> sums)
      throws InterruptedException {
    String used = word(gauge.used());
    Optional<String> limit = gauge.limit().map(StationWatch::word);
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
                series.path("service").asText(), gauge.kind(), series.path("subject").asText());
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
