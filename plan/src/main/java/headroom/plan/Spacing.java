package headroom.plan;

/** How arrivals lie around the expected rate. */
public enum Spacing {
  /** Evenly: the k-th arrival is where {@code Λ} reaches {@code k + 1/2}. */
  UNIFORM,
  /** At random and independent of each other, as many separate users arrive. */
  POISSON
}
