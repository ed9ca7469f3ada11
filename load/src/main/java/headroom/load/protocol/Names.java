package headroom.load.protocol;

import headroom.load.result.StepKey;
import headroom.plan.Retry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The indexes by which the parts of a plan are known once it is compiled. All journeys share them;
 * each has a view of its own that notes the variables it uses.
 */
public final class Names {
  private final Indexes shared;
  private final Optional<String> flow;
  private final TreeSet<String> used = new TreeSet<>();

  /** Names in the order in which they came up; the index of each is its place. */
  private record Indexes(
      Map<String, Integer> slots,
      Map<StepKey, Integer> steps,
      Map<String, Integer> groups,
      Map<Long, Integer> timeouts,
      Map<Retry, Integer> retries) {}

  public Names() {
    this(
        new Indexes(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>()),
        Optional.empty());
  }

  private Names(Indexes shared, Optional<String> flow) {
    this.shared = shared;
    this.flow = flow;
  }

  /**
   * The same indexes, with nothing used yet.
   *
   * @param flow the journey whose steps have distributions of their own; absent where steps of
   *     equal name share them
   */
  public Names fresh(Optional<String> flow) {
    return new Names(shared, flow);
  }

  /** The place of a variable's value. */
  public int slot(String variable) {
    used.add(variable);
    return index(shared.slots, variable);
  }

  /** The distributions of a step. */
  public int step(String name) {
    return index(shared.steps, new StepKey(flow, name));
  }

  /** The place of a group among those of the plan. */
  public int group(String name) {
    return index(shared.groups, name);
  }

  /** The place of a timeout among those of the plan. */
  public int timeout(Duration timeout) {
    return index(shared.timeouts, timeout.toNanos());
  }

  /** The place of the budget that steps of one policy share. */
  public int retry(Retry policy) {
    return index(shared.retries, policy);
  }

  private static <T> int index(Map<T, Integer> indexes, T name) {
    return indexes.computeIfAbsent(name, n -> indexes.size());
  }

  /** The variables that were asked for in this view, in the order of their names. */
  public Set<String> used() {
    return new TreeSet<>(used);
  }

  /** All variables and their places. */
  public Map<String, Integer> slots() {
    return Map.copyOf(shared.slots);
  }

  /** How many variables there are. */
  public int slotCount() {
    return shared.slots.size();
  }

  public List<StepKey> steps() {
    return List.copyOf(shared.steps.keySet());
  }

  public List<String> groups() {
    return List.copyOf(shared.groups.keySet());
  }

  /** The different timeouts in nanoseconds. */
  public List<Long> timeoutNanos() {
    return List.copyOf(shared.timeouts.keySet());
  }

  public List<Retry> retries() {
    return List.copyOf(shared.retries.keySet());
  }
}
