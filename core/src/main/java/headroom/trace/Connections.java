package headroom.trace;

import java.util.Arrays;
import java.util.List;

/**
 * How long the operations of a trace kept connections, as their spans tell. A connection is kept
 *
 * <ul>
 *   <li>from where it was got (the end of {@code pg-pool.connect} and its like) to the last
 *       statement before another one is used,
 *   <li>else from {@code BEGIN} to {@code COMMIT}, statements outside of that each for itself,
 *   <li>else, where neither is told, from the first statement of an operation to the last.
 * </ul>
 *
 * <pre>
 *   connect  BEGIN  SELECT  UPDATE  COMMIT   connect  SELECT
 *         |--------------------------------|       |--------|
 * </pre>
 *
 * <p>Statements come in order of their starts. Those that run at the same time on connections of
 * their own are told apart by where these were got; reused for other traces.
 */
final class Connections {
  private static final int NONE = -1;

  /** Clocks of one process differ by less. */
  private static final long SAME_NANOS = 1_000_000;

  private static final List<String> BEGINS = List.of("BEGIN", "START TRANSACTION");
  private static final List<String> ENDS = List.of("COMMIT", "ROLLBACK", "END");

  /** Operation and database by group; what is kept of a group and a visit follows. */
  private final RowGroups groups = new RowGroups();

  private int[] open = new int[16];
  private boolean[] told = new boolean[16];
  private int[] firstGot = new int[16];
  private int[] lastGot = new int[16];

  private int got;
  private long[] gotNanos = new long[16];
  private int[] nextGot = new int[16];

  private int size;
  private int[] group = new int[16];
  private long[] startNanos = new long[16];
  private long[] endNanos = new long[16];
  private boolean[] transaction = new boolean[16];

  /** Whether a span of a database is about getting a connection, rather than a statement. */
  static boolean isGetting(String spanName) {
    return spanName.equals("pg-pool.connect")
        || spanName.equals("pool.acquire")
        || spanName.endsWith(".getConnection");
  }

  void clear() {
    groups.clear();
    size = 0;
    got = 0;
  }

  /** Visits of connections so far. */
  int size() {
    return size;
  }

  int operation(int visit) {
    return groups.row(group[visit]);
  }

  String database(int visit) {
    return groups.target(group[visit]);
  }

  long nanos(int visit) {
    return endNanos[visit] - startNanos[visit];
  }

  /** An operation got a connection at the end of this row. */
  void got(OpenTrace trace, int operation, int row) {
    int of = groupOf(operation, trace.target[row]);
    told[of] = true;
    if (got == gotNanos.length) {
      gotNanos = Arrays.copyOf(gotNanos, 2 * got);
      nextGot = Arrays.copyOf(nextGot, 2 * got);
    }
    gotNanos[got] = trace.endNanos[row];
    nextGot[got] = NONE;
    if (firstGot[of] == NONE) {
      firstGot[of] = got;
    } else {
      nextGot[lastGot[of]] = got;
    }
    lastGot[of] = got++;
  }

  /** An operation ran the statement of this row. */
  void ran(OpenTrace trace, int operation, int row) {
    int of = groupOf(operation, trace.target[row]);
    long from = trace.startNanos[row];
    long to = trace.endNanos[row];
    boolean begins = isOne(BEGINS, trace.name[row]);
    int first = firstGot[of];
    if (first != NONE && gotNanos[first] <= from + SAME_NANOS) {
      firstGot[of] = nextGot[first];
      open[of] = visit(of, Math.min(from, gotNanos[first]), to);
    } else if (begins) {
      told[of] = true;
      open[of] = visit(of, from, to);
      transaction[open[of]] = true;
    } else if (open[of] != NONE) {
      endNanos[open[of]] = Math.max(endNanos[open[of]], to);
    } else {
      int alone = visit(of, from, to);
      open[of] = told[of] ? NONE : alone;
    }
    if (open[of] != NONE && transaction[open[of]] && isOne(ENDS, trace.name[row])) {
      open[of] = NONE;
    }
  }

  private int groupOf(int operation, String database) {
    int before = groups.size();
    int of = groups.of(operation, "", database);
    if (groups.size() > before) {
      if (of >= open.length) {
        open = Arrays.copyOf(open, 2 * of);
        told = Arrays.copyOf(told, 2 * of);
        firstGot = Arrays.copyOf(firstGot, 2 * of);
        lastGot = Arrays.copyOf(lastGot, 2 * of);
      }
      open[of] = NONE;
      told[of] = false;
      firstGot[of] = NONE;
    }
    return of;
  }

  private int visit(int of, long from, long to) {
    if (size == group.length) {
      group = Arrays.copyOf(group, 2 * size);
      startNanos = Arrays.copyOf(startNanos, 2 * size);
      endNanos = Arrays.copyOf(endNanos, 2 * size);
      transaction = Arrays.copyOf(transaction, 2 * size);
    }
    group[size] = of;
    startNanos[size] = from;
    endNanos[size] = to;
    transaction[size] = false;
    return size++;
  }

  private static boolean isOne(List<String> words, String statement) {
    for (String word : words) {
      if (statement.regionMatches(true, 0, word, 0, word.length())
          && (statement.length() == word.length()
              || !Character.isLetterOrDigit(statement.charAt(word.length())))) {
        return true;
      }
    }
    return false;
  }
}
