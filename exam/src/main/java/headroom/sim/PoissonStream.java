package headroom.sim;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Poisson arrivals whose rate is constant within each second; since they have no memory, the time
 * to the next one is drawn anew at each second.
 */
final class PoissonStream {
  private final Load load;
  private final double[] shares;
  private final double[] cumulated;
  private final SplittableRandom random;
  private double perSecond;
  private double slotEnd;

  /** When the next request comes, or where the slot ends without one. */
  double next;

  /** Whether {@link #next} is a request. */
  boolean isRequest;

  PoissonStream(Load load, List<Operation> operations, SplittableRandom random) {
    this.load = load;
    this.shares = operations.stream().mapToDouble(Operation::share).toArray();
    this.cumulated = new double[shares.length];
    this.random = random;
    begin(0);
  }

  /** Whole requests per second that are drawn now. */
  double perSecond() {
    return perSecond;
  }

  private void begin(double slot) {
    slotEnd = slot + 1;
    double middle = slot + 0.5;
    perSecond = load.perSecond(middle);
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * load.weight(i, middle);
      cumulated[i] = sum;
    }
    draw(slot);
  }

  private void draw(double now) {
    double gap = perSecond > 0 ? random.nextExponential() / perSecond : Double.MAX_VALUE;
    isRequest = now + gap < slotEnd;
    next = isRequest ? now + gap : slotEnd;
  }

  /** Goes on after {@link #next}; which operation came, or −1 where only a slot ended. */
  int take() {
    if (!isRequest) {
      begin(slotEnd);
      return -1;
    }
    double at = random.nextDouble() * cumulated[cumulated.length - 1];
    int operation = 0;
    while (operation < cumulated.length - 1 && cumulated[operation] <= at) {
      operation++;
    }
    draw(next);
    return operation;
  }
}
