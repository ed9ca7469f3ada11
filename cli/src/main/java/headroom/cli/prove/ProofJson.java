package headroom.cli.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.model.Station;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import java.util.OptionalDouble;

/** A proof as documents: what is printed for machines, and the truth beside a recording. */
public final class ProofJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProofResult result;

  private ProofJson(ProofResult result) {
    this.result = result;
  }

  /** What {@code --json} prints. */
  public static ObjectNode of(ProofResult result) {
    return new ProofJson(result).document();
  }

  /** What is known now of the system that was watched, as {@code score --recordings} reads it. */
  public static ObjectNode truth(ProofResult result, String note) {
    return new ProofJson(result).truth(note);
  }

  private ObjectNode document() {
    ObjectNode document = JSON.createObjectNode().put("seed", result.settings().seed());
    document
        .putObject("watched")
        .put("peakPerSecond", result.peakPerSecond())
        .put("seconds", Math.round(result.settings().watchSeconds()))
        .put("requestsPerJourney", result.watched().requestsPerJourney())
        .put("countedPerRequest", result.watched().counted());
    goal(document);
    ObjectNode predicted = document.putObject("predicted");
    result.first().ifPresent(wall -> predicted.put("station", wall.station().text()));
    result.predicted().ifPresent(estimate -> estimate(predicted.putObject("multiple"), estimate));
    ObjectNode measured = document.putObject("measured");
    measured.put("reached", result.isReached()).put("station", result.measuredStation());
    result
        .wall()
        .ifPresent(wall ->
            measured
                .put("multiple", wall.perSecond() / result.peakPerSecond())
                .put("breaksAtPerSecond", wall.perSecond())
                .put("low", wall.low())
                .put("high", wall.high()));
    if (result.outcome() instanceof Outcome.NotReached not) {
      measured.put("because", not.why());
      put(measured, "heldPerSecond", counted(not.held()));
      put(measured, "failedPerSecond", counted(not.failed()));
    }
    put(document, "relativeError", result.relativeError());
    result.insideInterval().ifPresent(inside -> document.put("insideInterval", inside));
    result.stationRight().ifPresent(right -> document.put("stationRight", right));
    stations(document.putArray("stations"));
    ArrayNode reasons = document.putArray("reasons");
    Reasons.of(result).forEach(reasons::add);
    plateaus(document.putArray("plateaus"));
    return document;
  }

  private OptionalDouble counted(OptionalDouble requests) {
    return requests.isEmpty()
        ? requests
        : OptionalDouble.of(result.counted(requests.getAsDouble()));
  }

  private ObjectNode truth(String note) {
    ObjectNode document =
        JSON.createObjectNode()
            .put("service", result.settings().service())
            .put("seed", result.settings().seed())
            .put("from", result.watched().from().toString())
            .put("to", result.watched().to().toString())
            .put("note", note);
    goal(document);
    if (result.wall().isPresent()) {
      MeasuredWall wall = result.wall().get();
      document
          .putObject("wall")
          .put("perSecond", wall.perSecond())
          .put("low", wall.low())
          .put("high", wall.high());
    } else {
      ObjectNode wall = document.putObject("wall").putNull("perSecond");
      bound(wall);
    }
    result.station().map(Station::text).ifPresent(name -> document.put("firstToBreak", name));
    if (result.outcome() instanceof Outcome.NotReached not) {
      document.put("notReached", not.why());
    }
    document.put("countedPerRequest", result.watched().counted());
    ObjectNode use = document.putObject("useAtBreak");
    result.use().byStation().forEach((station, one) -> use.put(station.text(), one.utilization()));
    machine(document.putObject("hostLoad"), result.watched().machine());
    plateaus(document.putArray("plateaus"));
    return document;
  }

  /** What is known of a wall that was not reached. */
  private void bound(ObjectNode wall) {
    if (result.outcome() instanceof Outcome.NotReached not) {
      put(wall, "low", counted(not.held()));
      put(wall, "high", counted(not.failed()));
    }
  }

  private void goal(ObjectNode document) {
    Objective goal = result.settings().objective();
    document
        .putObject("goal")
        .put("quantile", goal.quantile())
        .put("seconds", goal.seconds())
        .put("errors", goal.errorShare());
  }

  private void stations(ArrayNode stations) {
    for (StationRow row : StationRow.of(result)) {
      ObjectNode one = stations.addObject().put("station", row.station().text());
      row.predicted().ifPresent(estimate -> estimate(one.putObject("multiple"), estimate));
      row.use()
          .ifPresent(use -> {
            one.put("useAtBreak", use.utilization());
            put(one, "waitAtBreak", use.waitSeconds());
          });
      one.put("full", row.full());
    }
  }

  private void plateaus(ArrayNode plateaus) {
    for (Plateau plateau : result.plateaus()) {
      LoadLevel level = plateau.level();
      ObjectNode one =
          plateaus
              .addObject()
              .put("from", plateau.from().toString())
              .put("seconds", plateau.to().getEpochSecond() - plateau.from().getEpochSecond())
              .put("perSecond", result.counted(level.offeredPerSecond()));
      if (Double.isFinite(level.latencySeconds())) {
        one.put("latency", level.latencySeconds());
      } else {
        one.putNull("latency");
      }
      one.put("errors", level.errorShare()).put("held", plateau.held());
      machine(one.putObject("hostLoad"), plateau.machine());
    }
  }

  private static void machine(ObjectNode object, HostLoad machine) {
    put(object, "busy", machine.busy());
    put(object, "steal", machine.steal());
    put(object, "own", machine.own());
    put(object, "delay", machine.delay());
  }

  private static void estimate(ObjectNode object, Estimate estimate) {
    object
        .put("low", estimate.low())
        .put("median", estimate.median())
        .put("high", estimate.high())
        .put("coverage", estimate.coverage());
  }

  private static void put(ObjectNode object, String name, OptionalDouble value) {
    value.ifPresent(number -> object.put(name, number));
  }
}
