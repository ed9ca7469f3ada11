package headroom.plan.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Says that a text, or what it describes, cannot be used, with every reason found. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // The list's elements are records of strings and numbers.
  private final List<Problem> problems;

  public ProblemException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
