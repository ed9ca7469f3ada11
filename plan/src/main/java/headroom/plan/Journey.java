package headroom.plan;

import java.util.List;

/**
 * What one user does from beginning to end, state carried from step to step.
 *
 * @param share how many arrivals become this journey, relative to the shares of the others
 */
public record Journey(String name, List<Step> steps, double share) {
  public Journey {
    steps = List.copyOf(steps);
    if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the share of %s must be >= 0, got %s".formatted(name, share));
    }
  }
}
