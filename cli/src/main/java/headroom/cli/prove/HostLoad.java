package headroom.cli.prove;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * How busy this machine was for a while, each as a share 0..1 of all its processors; empty where the
 * system does not tell (no {@code /proc/stat}).
 *
 * @param busy all work, stolen time included
 * @param steal what the host of a virtual machine gave to others
 * @param own this process: the load generator, and the server where it has its own
 */
record HostLoad(OptionalDouble busy, OptionalDouble steal, OptionalDouble own) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7;

  /** Nothing is known. */
  static final HostLoad UNKNOWN =
      new HostLoad(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * Counters at a moment.
   *
   * @param ticks of all processors in all states
   * @param own nanoseconds of processor time of this process
   */
  record Mark(long ticks, long idle, long steal, long own, long nanos) {}

  static Mark mark() {
    long own =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
    try (var lines = Files.lines(STAT)) {
      return marked(lines.findFirst().orElse(""), own, System.nanoTime());
    } catch (IOException e) {
      return new Mark(0, 0, 0, own, System.nanoTime());
    }
  }

  /** Of the first line of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
  static Mark marked(String line, long own, long nanos) {
    String[] words = line.strip().split("\\s+");
    long ticks = 0;
    long[] values = new long[STEAL + 1];
    for (int i = 0; i <= STEAL && i + 1 < words.length; i++) {
      values[i] = Long.parseLong(words[i + 1]);
      ticks += values[i];
    }
    return new Mark(ticks, values[IDLE] + values[IO_WAIT], values[STEAL], own, nanos);
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
    if (!(ticks > 0)) {
      return new HostLoad(OptionalDouble.empty(), OptionalDouble.empty(), own);
    }
    return new HostLoad(
        OptionalDouble.of(Math.clamp(1 - (now.idle - before.idle) / ticks, 0, 1)),
        OptionalDouble.of(Math.clamp((now.steal - before.steal) / ticks, 0, 1)),
        own);
  }
}
