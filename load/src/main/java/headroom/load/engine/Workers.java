package headroom.load.engine;

import headroom.load.network.EngineLoop;
import headroom.load.result.Interval;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.load.result.Timeline;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All workers of a run: told and asked together, each on its own thread, their answers put
 * together. Safe for use by several threads.
 */
final class Workers {
  private static final double WINDOW_SECONDS = 5;

  private final List<Worker> workers;
  private final List<StepKey> steps;

  Workers(List<Worker> workers, List<StepKey> steps) {
    this.workers = List.copyOf(workers);
    this.steps = List.copyOf(steps);
  }

  int size() {
    return workers.size();
  }

  /** The steps, by the index that {@link Interval#response} takes. */
  List<StepKey> steps() {
    return steps;
  }

  /** The time that all loops share. */
  static long nowNanos() {
    return EngineLoop.currentNanos();
  }

  /** CPU time of all loops so far. */
  long cpuNanos() {
    return workers.stream().mapToLong(worker -> worker.loop().cpuNanos()).sum();
  }

  /** Has every worker do something, without waiting for it. */
  void tell(Consumer<Worker> task) {
    for (Worker worker : workers) {
      worker.loop().execute(() -> task.accept(worker));
    }
  }

  /** Asks every worker on its own thread; after the end, directly. */
  <T> List<T> ask(Function<Worker, T> question) {
    var answers = new ArrayList<T>();
    for (Worker worker : workers) {
      answers.add(
          worker
              .loop()
              .submit(() -> question.apply(worker))
              .orElseGet(() -> question.apply(worker)));
    }
    return answers;
  }

  private <T> T ask(Function<Worker, T> question, BinaryOperator<T> sum) {
    return ask(question).stream().reduce(sum).orElseThrow();
  }

  /** Completes when the last worker has ended. */
  CompletableFuture<Void> finished() {
    return CompletableFuture.allOf(
        workers.stream().map(Worker::finished).toArray(CompletableFuture<?>[]::new));
  }

  /** What all have measured, once they have ended. */
  RunStats measured() {
    return workers.stream()
        .map(worker -> worker.finished().join())
        .reduce(Workers::merged)
        .orElseThrow();
  }

  /** All that was measured so far, but not when: the timeline is left empty. */
  RunStats totals() {
    return ask(worker -> worker.stats().copyOfTotals(), Workers::merged);
  }

  private static RunStats merged(RunStats into, RunStats other) {
    into.merge(other);
    return into;
  }

  /** Whether the target has answered anything. */
  boolean wereAnswered() {
    return ask(worker -> worker.stats().answered()).stream().anyMatch(count -> count > 0);
  }

  /** Counts and response times of all that was intended within a stretch of the run. */
  Interval between(double fromSeconds, double toSeconds) {
    return ask(worker -> worker.stats().timeline().between(fromSeconds, toSeconds), Interval::plus);
  }

  /** The response times of each step that was taken within a stretch of the run. */
  Map<StepKey, Cell> byStep(Interval interval) {
    var cells = new LinkedHashMap<StepKey, Cell>();
    for (int i = 0; i < steps.size(); i++) {
      Cell cell = interval.response(i);
      if (cell != null) {
        cells.put(steps.get(i), cell);
      }
    }
    return cells;
  }

  /**
   * The run as it is now.
   *
   * @param plannedPerSecond what the schedule has for this moment
   */
  LiveSnapshot snapshot(double elapsed, double plannedPerSecond) {
    // Whole intervals only, which in a long run are longer than the window.
    double width = Timeline.widthAt(elapsed);
    double to = width * Math.floor(elapsed / width);
    double from = Math.max(0, to - width * Math.ceil(WINDOW_SECONDS / width));
    return ask(worker -> worker.snapshot(elapsed, plannedPerSecond), LiveSnapshot::plus)
        .withWindow(to - from, byStep(between(from, to)));
  }

  /** Ends their threads; what is still open is closed. */
  void close() {
    workers.forEach(worker -> worker.loop().close());
  }
}
