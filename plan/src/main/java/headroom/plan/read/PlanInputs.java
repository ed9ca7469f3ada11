package headroom.plan.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a plan is read with besides its text.
 *
 * @param folder from which the paths of files in the plan are meant
 * @param environment the value of <code>${env.NAME}</code> by name
 * @param settings {@code key=value} pairs that replace what the text says, applied in order; a key
 *     is the way to a value, such as {@code objectives.p99}, or the name of a variable
 */
public record PlanInputs(
    Path folder, Function<String, Optional<String>> environment, List<String> settings) {
  public PlanInputs {
    settings = List.copyOf(settings);
  }

  /** The environment of this process, nothing replaced. */
  public static PlanInputs of(Path folder) {
    return new PlanInputs(folder, name -> Optional.ofNullable(System.getenv(name)), List.of());
  }

  /** The same with these settings. */
  public PlanInputs with(List<String> others) {
    return new PlanInputs(folder, environment, others);
  }
}
