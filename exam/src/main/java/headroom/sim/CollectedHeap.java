package headroom.sim;

/**
 * The heap of a process: memory that work fills and a collector empties, during which all work at
 * the processor stands still. What lives on stays: the more it is, the less is free between two
 * collections and the longer each takes.
 *
 * <pre>
 *   limit ┤    ╱│   ╱│  ╱│ ╱│      used
 *         ┤  ╱  │ ╱  │╱  │╱│
 *   live  ┤╱────┴────┴───┴─┴       grows
 * </pre>
 *
 * @param limitBytes what there is
 * @param liveBytes what is never freed, at the beginning
 * @param growthPerSecond by how much that grows
 * @param allocatedPerSecond of work on one core
 * @param secondsPerLiveByte how long a collection takes
 */
public record CollectedHeap(
    double limitBytes,
    double liveBytes,
    double growthPerSecond,
    double allocatedPerSecond,
    double secondsPerLiveByte) {
  /** So much of the limit is free at least: beyond, a process would have ended long ago. */
  private static final double LEAST_FREE = 0.02;

  public CollectedHeap {
    if (!(limitBytes > liveBytes
        && liveBytes >= 0
        && growthPerSecond >= 0
        && allocatedPerSecond > 0
        && secondsPerLiveByte >= 0)) {
      throw new IllegalArgumentException(
          "limitBytes > liveBytes >= 0, allocatedPerSecond > 0 and the others >= 0 are needed, got "
              + "%s, %s, %s, %s, %s"
                  .formatted(
                      limitBytes,
                      liveBytes,
                      growthPerSecond,
                      allocatedPerSecond,
                      secondsPerLiveByte));
    }
  }

  double liveAt(double seconds) {
    return Math.min((1 - LEAST_FREE) * limitBytes, liveBytes + growthPerSecond * seconds);
  }

  /** Core seconds of work from one collection to the next. */
  double workBetween(double seconds) {
    return (limitBytes - liveAt(seconds)) / allocatedPerSecond;
  }

  double pauseAt(double seconds) {
    return secondsPerLiveByte * liveAt(seconds);
  }

  /** Share of the time that is left for work when so many cores are always busy, at the start. */
  double workingShare(double busyCores) {
    double working = workBetween(0) / busyCores;
    return working / (working + pauseAt(0));
  }

  /** The same, with what lives on staying as it is at a moment. */
  CollectedHeap settledAt(double seconds) {
    return new CollectedHeap(
        limitBytes, liveAt(seconds), 0, allocatedPerSecond, secondsPerLiveByte);
  }
}
