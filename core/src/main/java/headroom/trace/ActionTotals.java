package headroom.trace;

/** What one action did, summed over the spans of its trace. */
final class ActionTotals {
  /** The row that names and times the action. */
  final int face;

  int calls;
  int statements;
  int retries;
  int depth;
  long databaseNanos;

  /** Of the action's own time, what at least one statement was running in. */
  long databaseCoveredNanos;

  private long coveredUntilNanos = Long.MIN_VALUE;

  /** The largest group of equal statements under one parent, and its size. */
  String repeated = "";

  int repeats;

  ActionTotals(int face) {
    this.face = face;
  }

  /** Adds a statement; they come in order of their start. */
  void addStatement(OpenTrace trace, int row) {
    long start = trace.startNanos[row];
    long end = trace.endNanos[row];
    statements++;
    databaseNanos += end - start;
    long from = Math.max(Math.max(start, trace.startNanos[face]), coveredUntilNanos);
    long to = Math.min(end, trace.endNanos[face]);
    if (to > from) {
      databaseCoveredNanos += to - from;
      coveredUntilNanos = to;
    }
  }

  /** Keeps the larger group; of equal ones the first by name, so that order does not matter. */
  void offerRepeats(String statement, int count) {
    if (count > repeats || (count == repeats && statement.compareTo(repeated) < 0)) {
      repeated = statement;
      repeats = count;
    }
  }
}
