package headroom.sim;

import java.util.List;

/**
 * One kind of request.
 *
 * @param name such as {@code GET /balance}
 * @param share of all requests; shares need not add up to one
 */
public record Operation(String name, double share, List<Activity> steps) {
  public Operation {
    steps = List.copyOf(steps);
    if (!(share >= 0)) {
      throw new IllegalArgumentException("share must be >= 0, got " + share);
    }
  }

  public Operation(String name, double share, Activity... steps) {
    this(name, share, List.of(steps));
  }
}
