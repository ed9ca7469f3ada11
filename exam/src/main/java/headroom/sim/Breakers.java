package headroom.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The circuit breakers of all calls, one for each instance. */
final class Breakers {
  private final List<Program> programs;
  private final int replicas;

  /** By the program that is called and instance; null before the first call. */
  private final BreakerState[][] states;

  Breakers(List<Program> programs, int replicas) {
    this.programs = programs;
    this.replicas = replicas;
    this.states = new BreakerState[programs.size()][];
  }

  /** The breaker of a call; null where it has none. */
  @Nullable BreakerState of(Request request, ProgramLine current) {
    Activity.Call call = current.call();
    Breaker breaker = call == null ? null : call.breaker();
    if (breaker == null) {
      return null;
    }
    BreakerState[] found = states[current.target()];
    if (found == null) {
      found = new BreakerState[replicas];
      Arrays.setAll(found, unused -> new BreakerState(breaker));
      states[current.target()] = found;
    }
    return found[request.replica];
  }

  List<Simulation.BreakerView> views(double now) {
    List<Simulation.BreakerView> views = new ArrayList<>();
    for (Program program : programs) {
      for (ProgramLine one : program.code) {
        BreakerState[] found = one.call() == null ? null : states[one.target()];
        for (int i = 0; found != null && i < found.length; i++) {
          views.add(new Simulation.BreakerView(one.text(), i, found[i].state(now)));
        }
      }
    }
    return views;
  }
}
