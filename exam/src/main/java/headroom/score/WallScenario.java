package headroom.score;

import headroom.sim.Load;
import headroom.sim.Reporting;
import headroom.sim.Truth;
import headroom.sim.VirtualSystem;
import headroom.store.History;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A system to be watched at low load, whose wall is then looked for.
 *
 * @param kind what is special about it
 * @param steady the load at which truth is looked for, by its rate: with the mix and the unevenness
 *     of the peak
 * @param watched what is watched, by the highest rate
 * @param shareOfWall the highest rate that is watched, as a share of the true wall
 * @param goalSeconds what p99 may at most be
 * @param regimes the states that the system is in by turns; the true wall is that of the worst
 * @param seen what arrives of the telemetry
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
    long seed,
    List<Truth.Regime> regimes,
    UnaryOperator<History> seen) {
  public WallScenario {
    regimes = List.copyOf(regimes);
  }

  /** One that is always in the same state and of which all that is reported arrives. */
  public WallScenario(
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
    this(
        series,
        kind,
        system,
        steady,
        watched,
        seconds,
        shareOfWall,
        goalSeconds,
        reporting,
        seed,
        List.of(new Truth.Regime(system, 1)),
        UnaryOperator.identity());
  }

  /** Kinds in which something that no station reports slows requests down or ends their growth. */
  private static final Set<String> HIDING =
      Set.of(
          "hidden lock",
          "low ceiling",
          "crowded cores",
          "breaker",
          "retry storm",
          "slowing partner",
          "garbage collection",
          "lock convoy",
          "connection leak",
          "wrong limit");

  /** Whether it is right to say that a limit may be hidden. */
  boolean hidesLimit() {
    return HIDING.contains(kind);
  }

  /** The same under another load. */
  WallScenario loaded(DoubleFunction<Load> even, DoubleFunction<Load> other) {
    return with(system, even, other, regimes, seen);
  }

  /** The same of another system, which is in these states by turns. */
  WallScenario with(VirtualSystem other, List<Truth.Regime> states) {
    return with(other, steady, watched, states, seen);
  }

  /** The same, of which only this arrives. */
  WallScenario seenAs(UnaryOperator<History> arrives) {
    return with(system, steady, watched, regimes, arrives);
  }

  private WallScenario with(
      VirtualSystem system,
      DoubleFunction<Load> steady,
      DoubleFunction<Load> watched,
      List<Truth.Regime> regimes,
      UnaryOperator<History> seen) {
    return new WallScenario(
        series,
        kind,
        system,
        steady,
        watched,
        seconds,
        shareOfWall,
        goalSeconds,
        reporting,
        seed,
        regimes,
        seen);
  }

  /** The examinations, each a row of the scoreboard. */
  public enum Series {
    /** Systems of the kind that the model assumes, watched for hours. */
    TIER_1("1"),
    /** Systems that differ from the model in one way each, watched for hours. */
    TIER_2("2"),
    /** Systems that real teams have, drawn against the predictor, watched for hours. */
    TIER_3("3"),
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
