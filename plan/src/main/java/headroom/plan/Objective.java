package headroom.plan;

/** A limit that the run must hold, at every step that was taken often enough to say so. */
public sealed interface Objective {
  /** The name in reports: {@code p99}, {@code errors}. */
  String name();

  /**
   * A quantile of the response time, from the intended start.
   *
   * @param quantile within 0..1
   */
  record Latency(String name, double quantile, double limitSeconds) implements Objective {
    public Latency {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException("quantile must be within 0..1, got " + quantile);
      }
    }

    /** {@code percentile(99.9, 0.5)} is p99.9 at most half a second. */
    public static Latency percentile(double percent, double limitSeconds) {
      String digits =
          percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
      return new Latency("p" + digits, percent / 100, limitSeconds);
    }
  }

  /** The share of requests that failed, 0..1. */
  record Errors(double limitShare) implements Objective {
    public Errors {
      if (!(limitShare >= 0 && limitShare <= 1)) {
        throw new IllegalArgumentException("limitShare must be within 0..1, got " + limitShare);
      }
    }

    @Override
    public String name() {
      return "errors";
    }
  }
}
