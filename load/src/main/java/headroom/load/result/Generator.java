package headroom.load.result;

/**
 * What the load generator itself needed.
 *
 * @param cpuSeconds of its event loops
 */
public record Generator(int workers, double elapsedSeconds, double cpuSeconds) {
  /** CPU seconds for a thousand requests. */
  public double cpuSecondsPerThousand(long requests) {
    return requests == 0 ? 0 : cpuSeconds / requests * 1_000;
  }
}
