package headroom.cli.exam.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.sim.BatchJob;
import headroom.sim.Truth;
import headroom.sim.VirtualSystem;
import headroom.sim.WorkChange;
import java.util.ArrayList;
import java.util.List;

/**
 * What is true of a scenario at its end: where it breaks, found by simulating it there, and what
 * changed when.
 *
 * <pre>
 * { "peakPerSecond": 40.1, "wall": { "perSecond": 121.5, "multiple": 3.03 },
 *   "firstToBreak": "wallet/pool/ledger",
 *   "walls": [ { "station": "wallet/pool/ledger", "perSecond": 121.9, "multiple": 3.04 }, … ],
 *   "changes": [ { "kind": "deploy", "onset": "…", "complete": "…", "factor": 1.4, … } ] }
 * </pre>
 */
public record TrueWalls(Scenario scenario, Peak peak, Truth truth) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Looks for the walls; takes some seconds. */
  public static TrueWalls of(Scenario scenario) {
    Peak peak = Peak.of(scenario.load(), scenario.seconds());
    Truth truth =
        Truth.worst(
            regimes(scenario, peak),
            scenario.goal(),
            scenario.steady().at(peak.atSeconds()),
            scenario.seed());
    return new TrueWalls(scenario, peak, truth);
  }

  /** Without jobs, and with each while it runs all the time; the load is what it is then. */
  private static List<Truth.Regime> regimes(Scenario scenario, Peak peak) {
    VirtualSystem settled = scenario.system().settledAt(scenario.seconds());
    List<Truth.Regime> regimes = new ArrayList<>();
    List<BatchJob> jobs = settled.jobs();
    double quiet =
        Peak.highest(
            scenario.load(),
            scenario.seconds(),
            at -> jobs.stream().noneMatch(job -> job.runsAt(at)));
    if (quiet > 0) {
      double share = Math.min(1, quiet / peak.perSecond());
      regimes.add(new Truth.Regime(settled.withJobs(List.of()), share));
    }
    for (BatchJob job : jobs) {
      double beside = Peak.highest(scenario.load(), scenario.seconds(), job::runsAt);
      if (beside > 0) {
        double share = Math.min(1, beside / peak.perSecond());
        regimes.add(new Truth.Regime(settled.withJobs(List.of(job.always())), share));
      }
    }
    return regimes;
  }

  /** As a multiple of the peak. */
  public double multiple() {
    return truth.perSecond() / peak.perSecond();
  }

  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("scenario", scenario.name());
    json.put("service", scenario.system().service());
    json.put("seed", scenario.seed());
    json.put("from", VirtualTime.instant(0).toString());
    json.put("to", VirtualTime.instant(scenario.seconds()).toString());
    ObjectNode goal = json.putObject("goal");
    goal.put("quantile", scenario.goal().quantile());
    goal.put("seconds", scenario.goal().seconds());
    json.put("peakPerSecond", rounded(peak.perSecond()));
    put(json.putObject("wall"), truth.perSecond());
    json.put("firstToBreak", truth.first());
    ArrayNode walls = json.putArray("walls");
    for (Truth.StationWall wall : truth.stations()) {
      ObjectNode one = walls.addObject();
      one.put("station", wall.station());
      put(one, wall.perSecond());
    }
    ArrayNode jobs = json.putArray("jobs");
    for (BatchJob job : scenario.system().jobs()) {
      ObjectNode one = jobs.addObject();
      one.put("name", job.name());
      one.put("first", VirtualTime.instant(job.atSeconds()).toString());
      one.put("usualSeconds", rounded(job.usualSeconds()));
    }
    ArrayNode changes = json.putArray("changes");
    scenario.system().changes().forEach(change -> put(changes.addObject(), change));
    return json;
  }

  /** A wall that is not within reach has neither. */
  private void put(ObjectNode json, double perSecond) {
    if (Double.isFinite(perSecond)) {
      json.put("perSecond", rounded(perSecond));
      json.put("multiple", rounded(perSecond / peak.perSecond()));
    } else {
      json.putNull("perSecond");
      json.putNull("multiple");
    }
  }

  private static void put(ObjectNode json, WorkChange change) {
    json.put("kind", change.deploy() ? "deploy" : "drift");
    json.put("onset", VirtualTime.instant(change.atSeconds()).toString());
    json.put("complete", VirtualTime.instant(change.atSeconds() + change.rampSeconds()).toString());
    json.put("operation", change.operation());
    json.put("station", change.station());
    json.put("statement", change.statement());
    json.put("factor", change.factor());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
