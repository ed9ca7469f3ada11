package headroom.score;

import headroom.sim.Load;
import headroom.sim.Reporting;
import headroom.sim.VirtualSystem;
import java.util.function.DoubleFunction;

/**
 * A system to be watched at low load, whose wall is then looked for.
 *
 * @param kind what is special about it
 * @param steady the load at which truth is looked for, by its rate: with the mix and the unevenness
 *     of the peak
 * @param watched what is watched, by the highest rate
 * @param shareOfWall the highest rate that is watched, as a share of the true wall
 * @param goalSeconds what p99 may at most be
 */
public record WallScenario(
    Series series,
    String kind,
    VirtualSystem system,
    DoubleFunction<Load> steady,
    DoubleFunction<Load> watched,
    double seconds,
    double shareOfWall,
    double goalSeconds,
    Reporting reporting,
    long seed) {

  /** The examinations, each a row of the scoreboard. */
  public enum Series {
    /** Systems of the kind that the model assumes, watched for hours. */
    TIER_1("1"),
    /** Systems that differ from the model in one way each, watched for hours. */
    TIER_2("2"),
    /** As tier 1, watched for two and a half to ten minutes in rows of ten seconds. */
    SHORT("short");

    private final String label;

    Series(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
