package headroom.wall;

import static headroom.wall.belief.Errors.CLEARLY_FIRST;
import static headroom.wall.belief.Errors.LIKELY_HIDDEN;
import static headroom.wall.belief.Errors.MEASURED_FROM;
import static headroom.wall.belief.Errors.MUCH_EARLIER;
import static headroom.wall.belief.Errors.SMALLEST_FLOW;
import static headroom.wall.belief.ResponseTimes.SHORT_UP_TO_SECONDS;

import headroom.model.Discipline;
import headroom.store.History;
import headroom.wall.Wall.Claim;
import headroom.wall.Wall.Confidence;
import headroom.wall.Wall.Story;
import headroom.wall.Wall.Today;
import headroom.wall.evidence.Backtest;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Traffic;
import headroom.wall.model.Candidate;
import headroom.wall.model.Reference;
import headroom.wall.model.Worlds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what the draws show, station by station: numbers, and what a sceptical reader should know.
 */
final class WallReport {
  private final Causes causes;
  private final Objective objective;

  WallReport(History history, Objective objective) {
    causes = new Causes(history);
    this.objective = objective;
  }

  /**
   * What was drawn, and from what.
   *
   * @param settled draws of the same worlds as if demands were known exactly
   */
  record Drawn(
      Seen seen,
      List<Flow> flows,
      Reference reference,
      Worlds worlds,
      Outcomes outcomes,
      Supplier<Outcomes> settled) {}

  /**
   * The wall of one station.
   *
   * @param hint at a limit that nobody reports: the first station's interval reaches down to it
   */
  Wall wall(Candidate one, Drawn drawn, Optional<HiddenLimit> hint) {
    StationUse use = one.use();
    Traffic traffic = drawn.seen.traffic();
    Outcomes outcomes = drawn.outcomes;
    List<String> notes = notes(one, drawn);
    Widening widening = Widening.of(traffic, use, one.changed().fit(), notes);
    boolean first = outcomes.isFirst(one.station());
    Estimate plain = outcomes.multiple(one.station(), widening);
    Estimate multiple =
        hint.filter(limit -> first && limit.atLeast().isPresent())
            .map(limit -> plain.downTo(limit.atLeast().getAsDouble()))
            .orElse(plain);
    Estimate saturation = outcomes.saturation(one.station(), widening);
    double servers = use.servers().orElseThrow();
    double utilization = Math.min(1, one.changed().fit().central().busyAt(1) / servers);
    boolean far = Worlds.isFar(multiple.median());
    return new Wall(
        use.station(),
        new Today(new Wall.Limit(servers, use.unit()), OptionalDouble.of(utilization)),
        new Claim(
            far ? null : multiple,
            far ? null : saturation,
            confidence(use, traffic, MEASURED_FROM * multiple.median() * drawn.seen.peak()),
            outcomes.chanceFirst(one.station())),
        new Story(
            first && hint.isPresent() && outcomes.chanceHidden() > LIKELY_HIDDEN
                ? Wording.breaksHidden(objective)
                : Wording.breaks(use, objective),
            causes.of(use),
            notes),
        Wall.When.NOT_ASKED);
  }

  private static Confidence confidence(StationUse use, Traffic traffic, double measuredFrom) {
    double highestLoad =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .max()
            .orElse(0);
    return highestLoad >= measuredFrom ? Confidence.MEASURED : Confidence.EXTRAPOLATED;
  }

  private List<String> notes(Candidate one, Drawn drawn) {
    Outcomes outcomes = drawn.outcomes;
    List<String> notes = new ArrayList<>(causes.notes(one.use()));
    notes.addAll(one.use().notes());
    if (one.use().discipline() == Discipline.SHARE) {
      notes.add(one.changed().fit().aboutBackground());
    }
    Backtest.of(one.use(), drawn.seen.traffic(), drawn.seen.peak())
        .map(test -> Wording.backtest(test, drawn.seen.traffic()))
        .ifPresent(notes::add);
    double chance = outcomes.chanceFirst(one.station());
    if (chance >= 1 - CLEARLY_FIRST && chance < CLEARLY_FIRST) {
      notes.add(Wording.tie(chance));
    }
    if (drawn.reference.failing()) {
      notes.add("the objective fails already; this is where the station itself is full");
    } else if (outcomes.isFirst(one.station())) {
      notes.addAll(firstNotes(drawn));
      drawn
          .reference
          .jobs()
          .map(jobs ->
              Wording.besideJobs(
                  jobs.beside(),
                  drawn.seen.jobNames(),
                  outcomes.chanceBesideJobs(),
                  outcomes.earliest(Widening.NONE).median(),
                  outcomes.withoutJobs()))
          .ifPresent(notes::add);
      drawn
          .reference
          .held()
          .ifPresent(
              held -> outcomes.refuted().ifPresent(told -> notes.add(Wording.refuted(told, held))));
    }
    return notes;
  }

  private List<String> firstNotes(Drawn drawn) {
    List<String> notes = new ArrayList<>();
    Traffic traffic = drawn.seen.traffic();
    Estimate now = drawn.outcomes.earliest(Widening.NONE);
    if (now.median() <= 1) {
      notes.add("the objective fails at today's peak already");
    }
    for (Flow flow : drawn.flows) {
      double alone = flow.share() >= SMALLEST_FLOW ? drawn.worlds.wallOf(flow) : now.median();
      if (alone < MUCH_EARLIER * now.median()) {
        notes.add(Wording.earlier(flow.name(), alone, objective));
      }
    }
    if (traffic.spanSeconds() < SHORT_UP_TO_SECONDS) {
      Estimate settled = drawn.settled.get().earliest(Widening.NONE);
      notes.add(
          Wording.shortHistory(
              traffic,
              Math.log(now.high() / now.low()) / Math.log(settled.high() / settled.low())));
    }
    return notes;
  }

  /** A station of which no wall can be told, and why. */
  Wall unknown(StationUse use, OptionalDouble utilization, String why) {
    List<String> notes = new ArrayList<>(use.notes());
    notes.add(why);
    Wall.@Nullable Limit limit =
        use.servers().isPresent() ? new Wall.Limit(use.servers().getAsDouble(), use.unit()) : null;
    return new Wall(
        use.station(),
        new Today(limit, utilization),
        Claim.NONE,
        new Story(Wording.breaks(use, objective), causes.of(use), notes),
        Wall.When.NOT_ASKED);
  }
}
