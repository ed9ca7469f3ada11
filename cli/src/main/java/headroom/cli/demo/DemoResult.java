package headroom.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.cli.terminal.NumberText;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import java.util.List;

/**
 * Prediction beside measurement.
 *
 * @param watchedPeakPerSecond the reference peak while watching, requests per second
 * @param predicted multiple of that peak at which the objective was said to fail
 * @param breaksAtPerSecond where it did fail
 */
public record DemoResult(
    long seed,
    double watchedPeakPerSecond,
    long watchedSeconds,
    String predictedStation,
    Estimate predicted,
    String measuredStation,
    double breaksAtPerSecond) {

  public double measuredMultiple() {
    return breaksAtPerSecond / watchedPeakPerSecond;
  }

  /** How far the prediction was off, as a share of what was measured; positive when too high. */
  public double relativeError() {
    return predicted.median() / measuredMultiple() - 1;
  }

  public boolean insideInterval() {
    return predicted.contains(measuredMultiple());
  }

  /** The document of {@code demo --json}. */
  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode document = mapper.createObjectNode().put("seed", seed);
    document
        .putObject("watched")
        .put("peakPerSecond", watchedPeakPerSecond)
        .put("seconds", watchedSeconds);
    document
        .putObject("predicted")
        .put("station", predictedStation)
        .putObject("multiple")
        .put("low", predicted.low())
        .put("median", predicted.median())
        .put("high", predicted.high())
        .put("coverage", predicted.coverage());
    document
        .putObject("measured")
        .put("station", measuredStation)
        .put("multiple", measuredMultiple())
        .put("breaksAtPerSecond", breaksAtPerSecond);
    return document.put("relativeError", relativeError()).put("insideInterval", insideInterval());
  }

  /** What is known now of the system that was watched, as {@code score --recordings} reads it. */
  public ObjectNode truth(ObjectMapper mapper) {
    ObjectNode document =
        mapper
            .createObjectNode()
            .put("service", "wallet")
            .put("seed", seed)
            .put("note", "the demo");
    Objective goal = Objective.DEFAULT;
    document
        .putObject("goal")
        .put("quantile", goal.quantile())
        .put("seconds", goal.seconds())
        .put("errors", goal.errorShare());
    document.putObject("wall").put("perSecond", breaksAtPerSecond);
    if (!measuredStation.equals(Demo.NO_STATION)) {
      document.put("firstToBreak", measuredStation);
    }
    return document;
  }

  /** The last lines of the demo. */
  public List<String> lines() {
    double shareOfLimit = 1 / measuredMultiple();
    return List.of(
        NumberText.format(
            "watched    %d s at up to %.1f requests/s, which turned out to be %.0f %% of the limit",
            watchedSeconds, watchedPeakPerSecond, 100 * shareOfLimit),
        NumberText.format(
            "predicted  %s breaks first, at %.2fx (%.2f to %.2f), that is %.1f requests/s",
            predictedStation,
            predicted.median(),
            predicted.low(),
            predicted.high(),
            predicted.median() * watchedPeakPerSecond),
        NumberText.format(
            "measured   %s, at %.2fx, that is %.1f requests/s",
            measuredStation, measuredMultiple(), breaksAtPerSecond),
        NumberText.format(
            "error      %+.1f %%, %s the interval; station %s",
            100 * relativeError(),
            insideInterval() ? "inside" : "OUTSIDE",
            measuredStation.equals(predictedStation) ? "right" : "WRONG"));
  }
}
