package headroom.sim;

/**
 * How many instances a service runs on.
 *
 * @param least at the beginning
 * @param most what an autoscaler may start; as many as {@code least}: there is none
 * @param scaleAbove mean utilization of their processors above which one more is started
 * @param skew how much more traffic than its even share the first one gets, as a share; 0: even
 */
public record Replicas(int least, int most, double scaleAbove, double skew) {
  public static final Replicas ONE = new Replicas(1, 1, 1, 0);

  public Replicas {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException(
          "1 <= least <= most is needed, got %d and %d".formatted(least, most));
    }
    if (!(scaleAbove > 0 && skew >= 0)) {
      throw new IllegalArgumentException(
          "scaleAbove > 0 and skew >= 0 are needed, got %s and %s".formatted(scaleAbove, skew));
    }
  }

  /** As many as there can be, from the beginning: what counts when load is high for long. */
  public Replicas atMost() {
    return new Replicas(most, most, scaleAbove, skew);
  }
}
