package headroom.load.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.load.study.StationLoad;
import headroom.load.study.StudyResult;
import headroom.load.study.TestOutcome;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.capacity.Plateau;
import headroom.load.study.capacity.Scalability;
import headroom.load.study.duplicate.DuplicateVerdict;
import headroom.load.study.growth.RowHistory;
import headroom.load.study.growth.Surface;
import headroom.load.study.interference.Interference;
import headroom.load.study.interference.Ratio;

/** What the studies of a test add to {@code result.json}; the keys are those of docs/plans.md. */
final class StudyJson {
  private StudyJson() {}

  static void add(ObjectNode json, TestOutcome outcome) {
    json.put("verdict", outcome.hasPassed() ? "passed" : "failed");
    for (StudyResult study : outcome.studies()) {
      switch (study) {
        case StudyResult.Capacity capacity -> capacity(json.putObject("capacity"), capacity);
        case StudyResult.FlowInterference flows ->
            interference(json.putObject("interference"), flows);
        case StudyResult.Duplicates found -> duplicates(json.putArray("duplicates"), found);
        case StudyResult.Growth growth -> growth(json.putObject("growth"), growth);
        case StudyResult.Metastability found -> {
          ObjectNode probe = json.putObject("metastability");
          ResultJson.recovery(probe, found.recovery());
          ArrayNode causes = probe.putArray("heldDownBy");
          found.heldDownBy().forEach(causes::add);
        }
      }
    }
  }

  private static void growth(ObjectNode json, StudyResult.Growth growth) {
    ArrayNode data = json.putArray("data");
    for (RowHistory rows : growth.data()) {
      ObjectNode node = data.addObject();
      node.put("name", rows.name());
      node.put("rowsBefore", rows.present());
      node.put("rowsWritten", rows.written());
      node.put("rowsDue", rows.due());
    }
    ArrayNode points = json.putArray("points");
    for (Surface.Point point : growth.surface().points()) {
      ObjectNode node = points.addObject();
      node.put("from", point.fromSeconds());
      node.put("seconds", point.seconds());
      node.put("perSecond", point.ratePerSecond());
      node.put("rows", point.rows());
      ResultJson.put(node, "p50", point.p50Seconds());
      ResultJson.put(node, "p99", point.p99Seconds());
      node.put("errorShare", point.errorShare());
      node.put("held", point.hasHeld());
    }
    ArrayNode sizes = json.putArray("capacityBySize");
    for (Surface.Size size : growth.surface().sizes()) {
      ObjectNode node = sizes.addObject();
      node.put("fromRows", size.fromRows());
      node.put("toRows", size.toRows());
      ResultJson.put(node, "heldPerSecond", size.heldPerSecond());
      ResultJson.put(node, "brokePerSecond", size.brokePerSecond());
    }
    ArrayNode trends = json.putArray("trends");
    for (Surface.Trend trend : growth.surface().trends()) {
      ObjectNode node = trends.addObject();
      node.put("perSecond", trend.ratePerSecond());
      node.put("rowsFirst", trend.rowsFirst());
      node.put("rowsLast", trend.rowsLast());
      node.put("p99First", trend.p99First());
      node.put("p99Last", trend.p99Last());
      node.put("exponent", trend.exponent());
      ResultJson.put(node, "doubledAtRows", trend.doubledAtRows());
    }
  }

  private static void duplicates(ArrayNode json, StudyResult.Duplicates found) {
    for (DuplicateVerdict verdict : found.verdicts()) {
      ObjectNode node = json.addObject();
      node.put("step", verdict.step());
      node.put(
          "effect",
          switch (verdict.effect()) {
            case ONCE -> "once";
            case AGAIN -> "again";
            case NOT_PROBED -> "not probed";
          });
      node.put("tries", verdict.tries());
      node.put("because", verdict.because());
    }
  }

  private static void capacity(ObjectNode json, StudyResult.Capacity capacity) {
    CapacityResult found = capacity.found();
    ResultJson.put(json, "perSecond", found.capacityPerSecond());
    ResultJson.put(json, "breaksAtPerSecond", found.breaksAtPerSecond());
    ResultJson.put(json, "requiredPerSecond", capacity.asked().requiredPerSecond());
    json.put("held", capacity.hasPassed());
    ResultJson.put(json, "kneePerSecond", found.kneePerSecond());
    found
        .scalability()
        .ifPresentOrElse(
            law -> scalability(json.putObject("scalability"), law),
            () -> json.putNull("scalability"));
    ArrayNode plateaus = json.putArray("plateaus");
    found.plateaus().forEach(plateau -> plateau(plateaus.addObject(), plateau));
  }

  private static void scalability(ObjectNode json, Scalability law) {
    interval(json.putObject("lambda"), law.lambda());
    interval(json.putObject("contention"), law.contention());
    interval(json.putObject("coherency"), law.coherency());
    ResultJson.put(json, "peakConcurrency", law.peakConcurrency());
    json.put("coverage", 0.9);
  }

  private static void interval(ObjectNode json, Scalability.Interval interval) {
    json.put("low", interval.low());
    json.put("value", interval.value());
    json.put("high", interval.high());
  }

  private static void plateau(ObjectNode json, Plateau plateau) {
    json.put("perSecond", plateau.ratePerSecond());
    json.put("held", plateau.verdict() == Plateau.Verdict.HELD);
    json.put("began", plateau.startSeconds());
    json.put("seconds", plateau.seconds());
    json.put("throughputPerSecond", plateau.throughputPerSecond());
    json.put("concurrency", plateau.concurrency());
    ResultJson.put(json, "p50", plateau.p50Seconds());
    ResultJson.put(json, "p99", plateau.p99Seconds());
    json.put("errorShare", plateau.errorShare());
    ArrayNode objectives = json.putArray("objectives");
    plateau.objectives().forEach(o -> ResultJson.objective(objectives.addObject(), o));
    plateau
        .stationarity()
        .ifPresentOrElse(
            stationarity -> {
              ObjectNode node = json.putObject("stationarity");
              node.put("stationary", stationarity.isStationary());
              node.put("warmUpSeconds", stationarity.warmUp());
              node.put("change", stationarity.change());
              node.put("t", stationarity.tValue());
            },
            () -> json.putNull("stationarity"));
  }

  private static void interference(ObjectNode json, StudyResult.FlowInterference found) {
    Interference matrix = found.matrix();
    ArrayNode flows = json.putArray("flows");
    matrix.flows().forEach(flows::add);
    ArrayNode effects = json.putArray("effects");
    for (Interference.Effect effect : matrix.effects()) {
      ObjectNode node = effects.addObject();
      node.put("flow", effect.flow());
      ArrayNode company = node.putArray("beside");
      effect.company().forEach(company::add);
      ratio(node.putObject("p50"), effect.p50(), effect.alone().p50(), effect.together().p50());
      ratio(node.putObject("p99"), effect.p99(), effect.alone().p99(), effect.together().p99());
      node.put("errorShare", effect.errorShare());
    }
    ArrayNode companies = json.putArray("companies");
    for (Interference.Company company : matrix.companies()) {
      ObjectNode node = companies.addObject();
      ArrayNode names = node.putArray("flows");
      company.flows().forEach(names::add);
      node.put("perSecond", company.ratePerSecond());
      node.put("held", company.hasHeld());
      ArrayNode objectives = node.putArray("objectives");
      company.objectives().forEach(o -> ResultJson.objective(objectives.addObject(), o));
    }
    stations(json.putArray("stations"), found);
  }

  private static void stations(ArrayNode json, StudyResult.FlowInterference found) {
    for (StationLoad station : found.stations()) {
      ObjectNode node = json.addObject();
      node.put("station", station.station());
      ArrayNode busy = node.putArray("busy");
      for (Interference.Company company : found.matrix().companies()) {
        Double utilization = station.busy().get(company.flows());
        if (utilization != null) {
          ObjectNode each = busy.addObject();
          ArrayNode names = each.putArray("flows");
          company.flows().forEach(names::add);
          each.put("utilization", utilization);
        }
      }
    }
  }

  private static void ratio(ObjectNode json, Ratio ratio, double alone, double together) {
    json.put("ratio", ratio.value());
    json.put("low", ratio.low());
    json.put("high", ratio.high());
    json.put("coverage", 0.9);
    json.put("alone", alone);
    json.put("together", together);
  }
}
