package headroom.wall.model;

import static headroom.wall.belief.Cores.LEAST_IN_HOLDS;
import static headroom.wall.belief.Cores.USUALLY_IN_HOLDS;
import static headroom.wall.belief.Cores.USUALLY_ON_PATH;
import static headroom.wall.belief.Disturbing.COMES_AGAIN;
import static headroom.wall.belief.Errors.FARTHEST;
import static headroom.wall.belief.Errors.MODEL_ERROR;
import static headroom.wall.belief.Errors.NEVER_FIRST;
import static headroom.wall.belief.Errors.NOT_ORDERED;
import static headroom.wall.belief.Errors.NO_NUMBER;
import static headroom.wall.belief.Errors.ORDER_ERROR;
import static headroom.wall.belief.Errors.SATURATION_ERROR;
import static headroom.wall.belief.Errors.SHAPE_ERROR;
import static headroom.wall.belief.Errors.SHORTNESS_ERROR;
import static headroom.wall.belief.Sightings.FARTHEST_BEYOND;

import headroom.model.Station;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.Demand;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Jobs;
import headroom.wall.model.Outcome.Multiples;
import headroom.wall.model.StationModel.Drawn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The ways the system may be, given what was measured: each draw picks demands, ceilings, shapes
 * and model errors, and asks where each station's wall is then.
 */
public final class Worlds {
  /** So many of the nearest stations are searched with queueing; the others only for being full. */
  private static final int MOST_SEARCHED = 10;

  private final List<Candidate> candidates;
  private final List<Flow> flows;
  private final List<Flow> calm;
  private final Deadline deadline;
  private final Reference reference;
  private final UsableCores cores;
  private final Set<Station> searched;

  /**
   * Ways a system may be.
   *
   * @param flows requests as they were all the time
   * @param calm requests as they were while nothing disturbed them; the same where nothing did
   */
  public Worlds(
      List<Candidate> candidates,
      UsableCores cores,
      List<Flow> flows,
      List<Flow> calm,
      Deadline deadline,
      Reference reference) {
    this.candidates = candidates;
    this.cores = cores;
    this.flows = flows;
    this.calm = calm;
    this.deadline = deadline;
    this.reference = reference;
    this.searched = reference.failing() ? Set.of() : nearest();
  }

  private Set<Station> nearest() {
    LoadModel central = model(central(), calm);
    return candidates.stream()
        .filter(one -> one.use().discipline().delaysResponses())
        .map(Candidate::station)
        .sorted(
            Comparator.comparingDouble(
                station -> central.saturation(station, new Growth.Alone(station))))
        .limit(MOST_SEARCHED)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a wall there is too far to be told, see {@link LoadModel}. */
  public static boolean isFar(double multiple) {
    return multiple >= FARTHEST * NO_NUMBER;
  }

  /** One station while a world is drawn. */
  private static final class Place {
    final Candidate of;
    final double alone;
    double fails;
    double full;

    /**
     * @param alone the multiple at which it would fail were all else as today, moved by what the
     *     model does not know about one station against another
     */
    Place(Candidate of, double alone, double fails, double full) {
      this.of = of;
      this.alone = alone;
      this.fails = fails;
      this.full = full;
    }
  }

  /**
   * The walls of one world.
   *
   * @param settled as if demands were known exactly, as after a long history
   */
  public Outcome draw(RandomGenerator random, boolean settled) {
    List<State> states = states(random, settled);
    List<Place> places = candidates.stream().map(one -> place(one, states, random)).toList();
    // The first is the root: what fills because of it does not come before it.
    Optional<Place> first =
        places.stream()
            .filter(one -> one.alone < FARTHEST * NEVER_FIRST)
            .min(Comparator.comparingDouble(one -> one.alone));
    if (first.isEmpty()) {
      return outcome(places, first, states, false, FARTHEST, false, random, settled);
    }
    Place root = first.get();
    OptionalDouble unreported =
        reference.hidden().isEmpty()
            ? OptionalDouble.empty()
            : reference.hidden().get().draw(random, deadline.mayMiss());
    boolean besideJobs = false;
    double withoutJobs = root.fails;
    if (searched.contains(root.of.station())) {
      double together = lowest(states, model -> model.wall(new Growth.Together()));
      root.fails = Math.min(root.fails, together);
      List<State> usual = states.subList(0, 1);
      besideJobs = states.size() > 1 && alone(root.of, usual) > alone(root.of, states);
      withoutJobs =
          besideJobs ? lowest(usual, model -> model.wall(new Growth.Together())) : root.fails;
    }
    boolean hidden = unreported.isPresent() && unreported.getAsDouble() < root.fails;
    if (hidden) {
      root.fails = unreported.getAsDouble();
    }
    for (Place one : places) {
      one.fails = Math.max(one.fails, root.fails);
    }
    return outcome(places, first, states, besideJobs, withoutJobs, hidden, random, settled);
  }

  private Place place(Candidate one, List<State> states, RandomGenerator random) {
    double alone = alone(one, states);
    if (alone < FARTHEST * NOT_ORDERED) {
      alone *= Math.exp(ORDER_ERROR * random.nextGaussian());
    }
    Station station = one.station();
    Growth growth =
        one.isProcessor() ? new Growth.Alone(station) : new Growth.WithProcessors(station);
    return new Place(
        one,
        alone,
        lowest(states, model -> wall(model, station, growth)),
        lowest(states, model -> model.saturation(station, growth)));
  }

  private double alone(Candidate one, List<State> states) {
    var growth = new Growth.Alone(one.station());
    return lowest(states, model -> wall(model, one.station(), growth));
  }

  private double wall(LoadModel model, Station station, Growth growth) {
    return searched.contains(station) ? model.wall(growth) : model.saturation(station, growth);
  }

  /** With what the model errs in. */
  private Outcome outcome(
      List<Place> places,
      Optional<Place> first,
      List<State> states,
      boolean besideJobs,
      double withoutJobs,
      boolean hidden,
      RandomGenerator random,
      boolean settled) {
    double minutes = Math.max(1, reference.spanSeconds() / 60);
    double shortness = settled ? 0 : SHORTNESS_ERROR / Math.sqrt(minutes);
    // One error for all stations, so that their order within a draw stays.
    double error =
        Math.exp(
            random.nextGaussian()
                * Math.hypot(Math.hypot(MODEL_ERROR, reference.ownError()), shortness));
    double floor = states.stream().mapToDouble(State::floor).min().orElse(0);
    // What is refuted lies beyond what refutes it, by up to as much as the model was short of it.
    double luck = random.nextDouble();
    double modelled = error * lowest(places, one -> true);
    // That responses were in time says nothing of what they do not wait for.
    double delaying = error * lowest(places, Worlds::delays);
    double least =
        delaying < floor ? floor * Math.pow(Math.min(FARTHEST_BEYOND, floor / delaying), luck) : 0;
    Map<Station, Multiples> walls = new LinkedHashMap<>();
    for (Place one : places) {
      double fails = Math.max(delays(one) ? least : 0, one.fails * error);
      double full = one.full * Math.exp(random.nextGaussian() * SATURATION_ERROR);
      walls.put(one.of.station(), new Multiples(fails, Math.max(fails, full)));
    }
    return new Outcome(
        walls,
        first.map(one -> one.of.station()),
        besideJobs,
        hidden,
        modelled,
        withoutJobs * error);
  }

  private static boolean delays(Place one) {
    return one.of.use().discipline().delaysResponses();
  }

  private static double lowest(List<Place> places, Predicate<Place> some) {
    return places.stream().filter(some).mapToDouble(one -> one.fails).min().orElse(FARTHEST);
  }

  /**
   * What the system is in by turns: a wall is that of the worst.
   *
   * @param shareOfPeak the highest load in this state, as a share of the peak
   * @param floor the multiple below which its wall does not lie, from what was seen; 0 for none
   */
  private record State(LoadModel model, double shareOfPeak, double floor) {}

  private List<State> states(RandomGenerator random, boolean settled) {
    boolean disturbed = calm.equals(flows) || random.nextDouble() < COMES_AGAIN;
    List<Flow> requests = disturbed ? flows : calm;
    LoadModel usual = model(drawn(random, settled), requests);
    var plain = new State(usual, 1, reference.held().orElse(0));
    if (reference.jobs().isEmpty()) {
      return List.of(plain);
    }
    JobState jobs = reference.jobs().get();
    Jobs.Beside beside = jobs.beside();
    boolean yields = !jobs.flows().isEmpty();
    Map<Station, Double> busy = new HashMap<>();
    for (Candidate one : candidates) {
      if (yields && one.isProcessor()) {
        continue;
      }
      Jobs.Extra extra = beside.of(one.station());
      busy.put(
          one.station(), Math.max(0, extra.busy() + extra.deviation() * random.nextGaussian()));
    }
    LoadModel then = usual.beside(busy, yields ? jobs.flows() : requests);
    return List.of(plain, new State(then, beside.shareOfPeak(), jobs.floor()));
  }

  private static double lowest(List<State> states, ToDoubleFunction<LoadModel> wall) {
    double lowest = FARTHEST;
    for (State state : states) {
      lowest = Math.min(lowest, wall.applyAsDouble(state.model) / state.shareOfPeak);
    }
    return lowest;
  }

  /** The wall of one operation alone, everything at its central value. */
  public double wallOf(Flow flow) {
    return model(central(), flows).wallOf(flow);
  }

  private LoadModel model(World world, List<Flow> requests) {
    double peak = reference.peakPerSecond();
    return new LoadModel(
        requests,
        world.models(peak, Flow.meanSeconds(requests)),
        deadline,
        reference.responsesPerSecond() / peak,
        world.latencyScale(),
        world.bursts());
  }

  /** The world in which everything has its central value. */
  private World central() {
    return new World(
        candidates.stream()
            .map(one ->
                new Drawn(one, one.changed().fit().central(), cores.ceiling(one.station()), 1))
            .toList(),
        USUALLY_ON_PATH,
        USUALLY_IN_HOLDS,
        1,
        reference.bursts().central());
  }

  private World drawn(RandomGenerator random, boolean settled) {
    UsableCores.Draw drawn = cores.draw(random);
    double inHolds = LEAST_IN_HOLDS + (1 - LEAST_IN_HOLDS) * random.nextDouble();
    Map<Station, Demand> demands = new HashMap<>();
    for (Candidate one : candidates) {
      demands.put(
          one.station(),
          one.isProcessor()
              ? drawn.demand(one.changed().fit(), one.place(), settled)
              : one.changed().fit().draw(random, settled));
    }
    List<Drawn> stations = new ArrayList<>();
    for (Candidate one : candidates) {
      Demand demand = Objects.requireNonNull(demands.get(one.station()));
      double stretch = Math.exp(SHAPE_ERROR * random.nextGaussian());
      stations.add(new Drawn(one, demand, drawn.ceiling(one.station()), stretch));
    }
    double latencyScale = Math.exp(reference.latencyError() * random.nextGaussian());
    return new World(
        stations, drawn.onPath(), inHolds, latencyScale, reference.bursts().draw(random));
  }
}
