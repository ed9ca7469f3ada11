package headroom.cli.prove;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.analysis.StationUses;
import headroom.cli.data.ServerClient;
import headroom.model.Event;
import headroom.model.Station;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A server that runs elsewhere, asked through its API. */
final class RemoteObservatory implements Observatory {
  /** A server writes what it has received every five seconds. */
  private static final Duration FLUSH = Duration.ofSeconds(6);

  private final ServerClient server;

  RemoteObservatory(ServerClient server) {
    this.server = server;
  }

  @Override
  public void catchUp() throws InterruptedException {
    Thread.sleep(FLUSH.toMillis());
  }

  @Override
  public Count count(Instant from, Instant to) throws InterruptedException {
    JsonNode window = server.get("/api/v1/window?from=%s&to=%s".formatted(from, to));
    return new Count(
        window.path("actions").asLong(), Duration.ofSeconds(window.path("seconds").asLong()));
  }

  @Override
  public Walls walls(Instant from, Instant to, Objective objective, long seed)
      throws InterruptedException {
    return walls(
        server.get(
            "/api/v1/walls?from=%s&to=%s&quantile=%s&seconds=%s&errors=%s&seed=%d"
                .formatted(
                    from,
                    to,
                    objective.quantile(),
                    objective.seconds(),
                    objective.errorShare(),
                    seed)));
  }

  @Override
  public StationUses uses(Instant from, Instant to, double quantile) throws InterruptedException {
    JsonNode window =
        server.get("/api/v1/window?from=%s&to=%s&quantile=%s".formatted(from, to, quantile));
    Map<Station, StationUses.Use> uses = new HashMap<>();
    for (JsonNode one : window.path("stations")) {
      Station.parse(one.path("station").asText())
          .ifPresent(station ->
              uses.put(
                  station,
                  new StationUses.Use(
                      one.path("utilization").asDouble(), number(one.path("waitSeconds")))));
    }
    return new StationUses(uses);
  }

  @Override
  public void keep(Event event) throws InterruptedException {
    server.post(event);
  }

  /** As much of the document of walls as a proof needs. */
  static Walls walls(JsonNode document) {
    List<Wall> walls = new ArrayList<>();
    for (JsonNode one : document.path("walls")) {
      Station.parse(one.path("station").asText()).ifPresent(station -> walls.add(wall(station, one)));
    }
    JsonNode load = document.path("load");
    Walls.Load peak =
        load.has("peakPerSecond")
            ? new Walls.Load(
                load.path("peakPerSecond").asDouble(),
                Instant.parse(load.path("windowStart").asText()),
                Instant.parse(load.path("windowEnd").asText()))
            : null;
    return new Walls(Instant.parse(document.path("asOf").asText()), peak, walls);
  }

  private static Wall wall(Station station, JsonNode one) {
    List<Wall.Cause> because = new ArrayList<>();
    for (JsonNode cause : one.path("because")) {
      Wall.Cause.What what =
          cause.has("operation") ? Wall.Cause.What.OPERATION : Wall.Cause.What.STATEMENT;
      because.add(
          new Wall.Cause(
              what,
              cause.path(cause.has("operation") ? "operation" : "statement").asText(),
              cause.path("share").asDouble()));
    }
    return new Wall(
        station,
        Wall.Today.UNKNOWN,
        estimate(one.path("multiple"))
            .map(multiple ->
                new Wall.Claim(
                    multiple,
                    estimate(one.path("saturation")).orElse(null),
                    Wall.Confidence.EXTRAPOLATED,
                    one.path("probabilityFirst").asDouble()))
            .orElse(Wall.Claim.NONE),
        new Wall.Story(one.path("breaks").asText(), because, List.of(), null),
        Wall.When.NOT_ASKED);
  }

  private static Optional<Estimate> estimate(JsonNode node) {
    return node.has("median")
        ? Optional.of(
            new Estimate(
                node.path("low").asDouble(),
                node.path("median").asDouble(),
                node.path("high").asDouble(),
                node.path("coverage").asDouble()))
        : Optional.empty();
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }
}
