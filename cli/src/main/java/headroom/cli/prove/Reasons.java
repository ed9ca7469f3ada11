package headroom.cli.prove;

import headroom.cli.terminal.NumberText;
import headroom.model.Station;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was wrong with a prediction and why, in words, as far as the measurement tells. */
final class Reasons {
  /** A wall that two stations share to this is neither's alone. */
  private static final double SAME_WALL = 0.1;

  private Reasons() {}

  static List<String> of(ProofResult result) {
    List<String> reasons = new ArrayList<>();
    if (!result.isReached() || result.predicted().isEmpty() || result.first().isEmpty()) {
      return reasons;
    }
    Wall first = result.first().get();
    Estimate said = result.predicted().get();
    station(result, first).ifPresent(reasons::add);
    double measured = result.measuredMultiple().orElse(0);
    if (!said.contains(measured)) {
      reasons.add(outside(result, first, said, measured));
    }
    if (measured < 1) {
      reasons.add("the objective fails at the load that was watched already");
    }
    return reasons;
  }

  private static Optional<String> station(ProofResult result, Wall first) {
    if (result.station().isEmpty()) {
      return Optional.of(
          NumberText.format(
              "nothing that reports itself was full when it broke (%s was at %s): a limit that no"
                  + " telemetry shows, such as a lock, a dependency or a queue of the kernel",
              first.station().text(), use(result, first.station())));
    }
    Station full = result.station().get();
    if (full.equals(first.station())) {
      return Optional.empty();
    }
    Optional<Wall> its =
        result.watched().walls().walls().stream()
            .filter(wall -> wall.station().equals(full))
            .findFirst();
    Estimate said = its.map(Wall::multiple).orElse(null);
    if (said == null) {
      return Optional.of(
          NumberText.format(
              "the wrong station: %s was full, of which nothing was said%s; %s was at %s",
              full.text(),
              its.isPresent() ? " because it was not seen well enough while watching" : "",
              first.station().text(),
              use(result, first.station())));
    }
    boolean close =
        result
            .predicted()
            .filter(one -> said.median() <= (1 + SAME_WALL) * one.median())
            .isPresent();
    return Optional.of(
        NumberText.format(
            "%s: %s was full, predicted later at %.2fx (%.2f to %.2f); %s was at %s",
            close
                ? "two stations within a tenth of each other, and the other came first"
                : "the wrong station",
            full.text(),
            said.median(),
            said.low(),
            said.high(),
            first.station().text(),
            use(result, first.station())));
  }

  private static String use(ProofResult result, Station station) {
    return result
        .use()
        .of(station)
        .map(use -> NumberText.percent(use.utilization()))
        .orElse("a use that nothing told");
  }

  private static String outside(ProofResult result, Wall first, Estimate said, double measured) {
    boolean right = result.stationRight().orElse(false);
    if (measured < said.low()) {
      return right
          ? "the right station was full earlier than its interval allows: under load each request"
              + " needs more of %s than it did while watching".formatted(first.station().text())
          : "it broke before the interval, where the predicted station still had room";
    }
    return right
        ? "the right station lasted longer than its interval allows: under load each request needs"
            + " less of %s than it did while watching".formatted(first.station().text())
        : "it broke behind the interval, and the predicted station was not what was full";
  }
}
