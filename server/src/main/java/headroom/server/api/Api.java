package headroom.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import headroom.analysis.Analysis;
import headroom.forecast.GrowthPlan;
import headroom.ingest.pipeline.Intake;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.requests.UserRequests;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.wall.WhatIf;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The paths of the API, each with its service. */
public final class Api {
  private final RollupStore store;
  private final Intake intake;
  private final Analysis analysis;
  private final InstantSource clock;

  /**
   * An API over these parts.
   *
   * @param analysis asked for every request: give one that remembers its answers for a while
   */
  public Api(RollupStore store, Intake intake, Analysis analysis, InstantSource clock) {
    this.store = store;
    this.intake = intake;
    this.analysis = analysis;
    this.clock = clock;
  }

  /** The service of each path; {@code endpoints} is asked once the server has started. */
  public Map<String, HttpService> services(Supplier<Endpoints> endpoints) {
    Map<String, HttpService> services = new LinkedHashMap<>();
    services.put(
        "/api/v1/walls",
        new JsonService(
            Set.of(
                "at", "whatIf", "growth", "launch", "from", "to", "quantile", "seconds", "errors",
                "seed"),
            this::walls));
    services.put(
        "/api/v1/window",
        new JsonService(
            Set.of("from", "to", "quantile"), query -> new Windows(store).stations(query)));
    services.put(
        "/api/v1/findings",
        new JsonService(
            Set.of("since"),
            query -> FindingsJson.write(analysis.findings(), query.instant("since"))));
    services.put(
        "/api/v1/actions",
        new JsonService(Set.of(), query -> ActionsJson.write(analysis.actions())));
    services.put(
        "/api/v1/ledger", new JsonService(Set.of(), query -> LedgerJson.write(analysis.ledger())));
    services.put(
        "/api/v1/operations", new JsonService(Set.of("from", "to", "service"), this::operations));
    services.put(
        "/api/v1/series",
        new JsonService(
            Set.of("from", "to", "station", "measure", "service", "subject", "detail"),
            this::series));
    services.put("/api/v1/events", new EventsService(store, clock));
    services.put(
        "/api/v1/status",
        new JsonService(
            Set.of(), query -> StatusJson.write(intake, store, endpoints.get(), clock.instant())));
    services.put("/metrics", new MetricsService(analysis, intake));
    services.put("/healthz", (context, request) -> plain(HttpStatus.OK, "alive\n"));
    services.put("/readyz", (context, request) -> ready());
    return services;
  }

  private HttpResponse ready() {
    String failure = intake.flushFailure();
    return failure == null
        ? plain(HttpStatus.OK, "ready\n")
        : plain(HttpStatus.SERVICE_UNAVAILABLE, "telemetry cannot be stored: " + failure + "\n");
  }

  private static HttpResponse plain(HttpStatus status, String text) {
    return HttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, text);
  }

  private JsonNode walls(Query query) {
    if (query.instant("from") != null || query.instant("to") != null) {
      return new Windows(store).walls(query);
    }
    List<Double> at = query.multiples("at");
    List<String> changes = query.texts("whatIf");
    GrowthPlan plan = query.growthPlan();
    if (changes.isEmpty()) {
      return WallsJson.write(plan.isEmpty() ? analysis.walls() : analysis.walls(plan), at);
    }
    if (!plan.isEmpty()) {
      throw ApiException.badRequest(
          "whatIf moves walls and says nothing of dates, so growth and launch have no use there",
          "Ask one after the other.");
    }
    try {
      return WallsJson.write(analysis.whatIf(WhatIf.parse(changes)), changes, at);
    } catch (IllegalArgumentException wrong) {
      throw ApiException.badRequest(
          String.valueOf(wrong.getMessage()),
          "Write it like ?whatIf=pool=wallet/pool/ledger:20; names are those of /api/v1/walls.");
    }
  }

  private JsonNode operations(Query query) {
    String service = query.text("service");
    return history(query, UserRequests.MEASURES)
        .map(UserRequests::counted)
        .map(history -> OperationsJson.write(history, service))
        .orElseGet(OperationsJson::empty);
  }

  private JsonNode series(Query query) {
    StationSeries wanted = wanted(query);
    ObjectNode document =
        history(query, wanted.measures())
            .map(history -> SeriesJson.write(history, wanted.measures(), wanted.wanted()))
            .orElseGet(SeriesJson::empty);
    if (!wanted.charts().isEmpty()) {
      ChartsJson.write(document, wanted.charts());
    }
    return document;
  }

  private Optional<History> history(Query query, Set<Measure> measures) {
    return TimeRange.choose(store, clock.instant(), query.instant("from"), query.instant("to"))
        .map(range -> store.history(range.resolution(), range.from(), range.to(), measures));
  }

  private static StationSeries wanted(Query query) {
    String station = query.text("station");
    if (station != null) {
      return StationSeries.of(station)
          .orElseThrow(() ->
              ApiException.badRequest(
                  "'" + station + "' does not name a station with series of its own",
                  "Take the name from /api/v1/walls, such as wallet/pool/ledger."));
    }
    return new StationSeries(
        measures(query.text("measure")),
        filter(query.text("service"), SeriesKey::service)
            .and(filter(query.text("subject"), SeriesKey::subject))
            .and(filter(query.text("detail"), SeriesKey::detail)),
        List.of());
  }

  private static Predicate<SeriesKey> filter(
      @Nullable String wanted, Function<SeriesKey, String> part) {
    return key -> wanted == null || part.apply(key).equals(wanted);
  }

  private static Set<Measure> measures(@Nullable String names) {
    if (names == null) {
      throw ApiException.badRequest(
          "say which series: station or measure is missing",
          "Ask with ?station=wallet/pool/ledger or ?measure=pool_used,pool_limit.");
    }
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    for (String name : names.split(",", -1)) {
      try {
        measures.add(Measure.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw ApiException.badRequest(
            "there is no measure '" + name + "'",
            "The measures are "
                + EnumSet.allOf(Measure.class).toString().toLowerCase(Locale.ROOT)
                + ".");
      }
    }
    return measures;
  }
}
