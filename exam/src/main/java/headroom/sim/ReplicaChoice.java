package headroom.sim;

import java.util.SplittableRandom;

/** Which instance a request goes to, and how many there are now. */
final class ReplicaChoice {
  private static final double LOOK_EVERY_SECONDS = 60;

  /** Below this share of the threshold an instance is stopped. */
  private static final double STOP_BELOW = 0.5;

  private final Replicas replicas;
  private int running;
  private double lookedAt;
  private double coreSeconds;

  ReplicaChoice(Replicas replicas) {
    this.replicas = replicas;
    this.running = replicas.least();
  }

  int running() {
    return running;
  }

  int pick(SplittableRandom random) {
    if (running == 1) {
      return 0;
    }
    double weight = random.nextDouble() * (running + replicas.skew());
    return weight < 1 + replicas.skew()
        ? 0
        : Math.min(running - 1, (int) (weight - replicas.skew()));
  }

  /** Starts or stops one, at most one a minute. */
  void look(double now, double coreSecondsUntilNow, double coresOfOne) {
    if (replicas.most() == replicas.least() || now - lookedAt < LOOK_EVERY_SECONDS) {
      return;
    }
    double busy = (coreSecondsUntilNow - coreSeconds) / (now - lookedAt);
    double utilization = busy / (running * coresOfOne);
    lookedAt = now;
    coreSeconds = coreSecondsUntilNow;
    if (utilization > replicas.scaleAbove() && running < replicas.most()) {
      running++;
    } else if (utilization < STOP_BELOW * replicas.scaleAbove() && running > replicas.least()) {
      running--;
    }
  }
}
