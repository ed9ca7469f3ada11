package headroom.cli.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * How busy this machine was for a while, each as a share 0..1 of all its processors; empty where
 * the system does not tell (no {@code /proc/stat}).
 *
 * @param busy all work, stolen time included
 * @param steal what the host of a virtual machine gave to others
 * @param own this process: the load generator, and the server where it has its own
 * @param delay how long its threads waited for a processor, of the time in which they wanted one:
 *     above a quarter others disturb, whatever the rest says, since programs of the lowest priority
 *     make a machine busy and disturb nobody
 */
record HostLoad(
    OptionalDouble busy, OptionalDouble steal, OptionalDouble own, OptionalDouble delay) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final double DISTURBED = 0.25;
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7;

  /** Nothing is known. */
  static final HostLoad UNKNOWN =
      new HostLoad(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /**
   * Counters at a moment.
   *
   * @param ticks of all processors in all states
   * @param own nanoseconds of processor time of this process
   * @param ran nanoseconds in which its threads of this moment ran
   * @param waited nanoseconds in which they could have, and waited for a processor
   */
  record Mark(
      long ticks, long idle, long steal, long own, long ran, long waited, long nanos) {}

  static Mark mark() {
    long own =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
    try (var lines = Files.lines(STAT)) {
      return marked(lines.findFirst().orElse(""), own, threads(), System.nanoTime());
    } catch (IOException | UncheckedIOException e) {
      return marked("", own, new long[2], System.nanoTime());
    }
  }

  /**
   * Of the first line of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal.
   */
  static Mark marked(String line, long own, long[] threads, long nanos) {
    String[] words = line.strip().split("\\s+");
    long ticks = 0;
    long[] values = new long[STEAL + 1];
    for (int i = 0; i <= STEAL && i + 1 < words.length; i++) {
      values[i] = Long.parseLong(words[i + 1]);
      ticks += values[i];
    }
    return new Mark(ticks, values[IDLE] + values[IO_WAIT], values[STEAL], own, threads[0], threads[1], nanos);
  }

  /** Of all threads together: nanoseconds that they ran and that they waited. */
  private static long[] threads() throws IOException {
    long[] sums = new long[2];
    try (var threads = Files.list(THREADS)) {
      for (Path thread : threads.toList()) {
        try {
          String[] words = Files.readString(thread.resolve("schedstat")).strip().split(" ", -1);
          sums[0] += Long.parseLong(words[0]);
          sums[1] += Long.parseLong(words[1]);
        } catch (IOException ended) {
          // A thread that has ended since they were listed.
        }
      }
    }
    return sums;
  }

  /** Whether others took the processors when this process wanted them. */
  boolean isDisturbed() {
    return delay.isPresent() && delay.getAsDouble() > DISTURBED;
  }

  static HostLoad since(Mark before) {
    return between(before, mark(), Runtime.getRuntime().availableProcessors());
  }

  static HostLoad between(Mark before, Mark now, int processors) {
    double ticks = now.ticks - before.ticks;
    double nanos = (double) (now.nanos - before.nanos) * processors;
    OptionalDouble own =
        nanos > 0
            ? OptionalDouble.of(Math.clamp((now.own - before.own) / nanos, 0, 1))
            : OptionalDouble.empty();
    double ran = now.ran - before.ran;
    double waited = now.waited - before.waited;
    OptionalDouble delay =
        ran > 0 && waited >= 0
            ? OptionalDouble.of(waited / (ran + waited))
            : OptionalDouble.empty();
    if (!(ticks > 0)) {
      return new HostLoad(OptionalDouble.empty(), OptionalDouble.empty(), own, delay);
    }
    return new HostLoad(
        OptionalDouble.of(Math.clamp(1 - (now.idle - before.idle) / ticks, 0, 1)),
        OptionalDouble.of(Math.clamp((now.steal - before.steal) / ticks, 0, 1)),
        own,
        delay);
  }
}
