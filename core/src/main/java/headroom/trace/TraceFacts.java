package headroom.trace;

import headroom.model.Irregularities;
import headroom.model.Measure;
import headroom.model.Resource;
import headroom.model.SpanKind;
import headroom.rollup.Cell;
import headroom.rollup.SeriesCells;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reduces complete traces to facts and adds these to the cells.
 *
 * <p>Every fact belongs to the window in which the span it is about <em>started</em>: those of an
 * action to its top span, {@code HOLD}, {@code HOLD_STATEMENT} and {@code OPERATION_SELF} to the
 * operation's span, {@code STATEMENT} and {@code CALL} to the client's span. Work is counted where
 * it arrives, so rates are arrival rates, and the order of delivery does not matter.
 *
 * <p>{@code OPERATION_SELF}, {@code HOLD} and {@code HOLD_STATEMENT} are kept by instance, the
 * others by service.
 */
final class TraceFacts {
  private static final int MIN_REPEATS = 2;

  private final SeriesCells cells;
  private final FactNames names;
  private final TraceShape shape;

  /** Client spans by parent, name and target. */
  private final RowGroups repeats = new RowGroups();

  private final Connections connections = new Connections();

  /** By row: what the action did whose top it is. */
  private @Nullable ActionTotals[] totals = {};

  /** By row: how much of the operation whose span it is was spent in calls, and up to when. */
  private long[] waitNanos = {};

  private long[] waitUntilNanos = {};

  /** By row: the service that a call reached, where its span is in the trace. */
  private @Nullable String[] callee = {};

  TraceFacts(SeriesCells cells, FactNames names, Irregularities irregularities) {
    this.cells = cells;
    this.names = names;
    this.shape = new TraceShape(irregularities);
  }

  /**
   * Adds the facts of a trace.
   *
   * @param actions whether its top spans are known to be tops, so that actions can be told
   */
  void add(OpenTrace trace, boolean actions) {
    if (trace.size == 0) {
      return;
    }
    shape.read(trace);
    reset(trace.size);
    prepare(trace);
    for (int i = 0; i < trace.size; i++) {
      visit(trace, shape.order[i]);
    }
    addHolds(trace);
    rankRepeats(trace);
    for (int row = 0; row < trace.size; row++) {
      if (shape.entry[row] == row && isOperation(trace, row)) {
        addSelf(trace, row);
      }
      ActionTotals done = totals[row];
      if (actions && done != null && isOperation(trace, done.face)) {
        addAction(trace, done);
      }
    }
  }

  private void reset(int size) {
    if (totals.length < size) {
      int capacity = Math.max(size, 2 * totals.length);
      totals = new ActionTotals[capacity];
      waitNanos = new long[capacity];
      waitUntilNanos = new long[capacity];
      callee = new String[capacity];
    } else {
      Arrays.fill(totals, 0, size, null);
      Arrays.fill(waitNanos, 0, size, 0);
      Arrays.fill(callee, 0, size, null);
    }
    Arrays.fill(waitUntilNanos, 0, size, Long.MIN_VALUE);
    repeats.clear();
    connections.clear();
  }

  private void prepare(OpenTrace trace) {
    for (int i = 0; i < trace.size; i++) {
      int row = shape.order[i];
      int above = shape.parent[row];
      if (above != TraceShape.NONE && callee[above] == null && trace.isEntryKind(row)) {
        callee[above] = trace.resource[row].service();
      }
      if (shape.action[row] == row) {
        totals[row] = new ActionTotals(shape.face(trace, row));
      }
    }
  }

  private void visit(OpenTrace trace, int row) {
    ActionTotals action = action(row);
    action.depth = Math.max(action.depth, shape.depth[row]);
    int operation = shape.entry[row];
    if (trace.has(row, OpenTrace.GETTING)) {
      if (operation != row) {
        connections.got(trace, operation, row);
      }
    } else if (trace.has(row, OpenTrace.DATABASE)) {
      action.addStatement(trace, row);
      addStatement(trace, row);
      if (operation != row) {
        connections.ran(trace, operation, row);
        addWork(trace, operation, row);
      }
    } else if (trace.isClientKind(row)) {
      action.calls += shape.parent[row] == TraceShape.NONE ? 0 : 1;
      addCall(trace, row);
    } else {
      return;
    }
    addWait(trace, row);
    action.retries += isRetry(trace, row) ? 1 : 0;
  }

  private ActionTotals action(int row) {
    ActionTotals action = totals[shape.action[row]];
    if (action == null) {
      throw new IllegalStateException("row " + row + " belongs to no action");
    }
    return action;
  }

  private void addStatement(OpenTrace trace, int row) {
    cells
        .cell(
            Measure.STATEMENT,
            trace.resource[row].service(),
            "",
            trace.name[row],
            operation(trace, shape.entry[row]),
            trace.startNanos[row])
        .record(seconds(trace, row), trace.has(row, OpenTrace.ERROR));
  }

  private void addWork(OpenTrace trace, int operation, int row) {
    Resource resource = trace.resource[operation];
    cells
        .cell(
            Measure.HOLD_STATEMENT,
            resource.service(),
            resource.instance(),
            operation(trace, operation),
            trace.target[row],
            trace.startNanos[operation])
        .record(seconds(trace, row), false);
  }

  private void addCall(OpenTrace trace, int row) {
    String reached = callee[row];
    cells
        .cell(
            Measure.CALL,
            trace.resource[row].service(),
            "",
            operation(trace, shape.entry[row]),
            reached == null ? trace.target[row] : reached,
            trace.startNanos[row])
        .record(seconds(trace, row), trace.has(row, OpenTrace.ERROR));
  }

  /** Adds what the call covers of its operation's time and earlier calls did not. */
  private void addWait(OpenTrace trace, int row) {
    int operation = shape.entry[row];
    if (operation == row) {
      return;
    }
    long from = Math.max(trace.startNanos[row], trace.startNanos[operation]);
    from = Math.max(from, waitUntilNanos[operation]);
    long to = Math.min(trace.endNanos[row], trace.endNanos[operation]);
    if (to > from) {
      waitNanos[operation] += to - from;
      waitUntilNanos[operation] = to;
    }
  }

  /** Resent as its sender says, or the same call again after it failed, under the same parent. */
  private boolean isRetry(OpenTrace trace, int row) {
    boolean retry = trace.has(row, OpenTrace.RESENT);
    int parent = shape.parent[row];
    if (parent == TraceShape.NONE) {
      return retry;
    }
    int group = repeats.of(parent, trace.name[row], trace.target[row]);
    int last = repeats.last(group);
    repeats.add(group, row, trace);
    return retry
        || (last != TraceShape.NONE
            && trace.has(last, OpenTrace.ERROR)
            && trace.startNanos[row] >= trace.endNanos[last]);
  }

  private void addHolds(OpenTrace trace) {
    for (int visit = 0; visit < connections.size(); visit++) {
      int row = connections.operation(visit);
      Resource resource = trace.resource[row];
      cells
          .cell(
              Measure.HOLD,
              resource.service(),
              resource.instance(),
              operation(trace, row),
              connections.database(visit),
              trace.startNanos[row])
          .record(connections.nanos(visit) / 1e9, false);
    }
  }

  private void rankRepeats(OpenTrace trace) {
    for (int group = 0; group < repeats.size(); group++) {
      if (trace.has(repeats.last(group), OpenTrace.DATABASE)) {
        action(repeats.row(group)).offerRepeats(repeats.name(group), repeats.count(group));
      }
    }
  }

  private void addSelf(OpenTrace trace, int row) {
    long self = trace.endNanos[row] - trace.startNanos[row] - waitNanos[row];
    Resource resource = trace.resource[row];
    cells
        .cell(
            Measure.OPERATION_SELF,
            resource.service(),
            resource.instance(),
            operation(trace, row),
            "",
            trace.startNanos[row])
        .record(self / 1e9, trace.has(row, OpenTrace.ERROR));
  }

  private void addAction(OpenTrace trace, ActionTotals done) {
    int face = done.face;
    String service = trace.resource[face].service();
    String name = trace.isClientKind(face) ? trace.name[face] : operation(trace, face);
    long start = trace.startNanos[face];
    boolean error = trace.has(face, OpenTrace.ERROR);
    actionCell(Measure.ACTION, service, name, start).record(seconds(trace, face), error);
    actionCell(Measure.ACTION_CALLS, service, name, start).record(done.calls, false);
    actionCell(Measure.ACTION_STATEMENTS, service, name, start).record(done.statements, false);
    actionCell(Measure.ACTION_DATABASE_SECONDS, service, name, start)
        .record(done.databaseNanos / 1e9, false);
    actionCell(Measure.ACTION_DEPTH, service, name, start).record(done.depth, false);
    actionCell(Measure.ACTION_RETRIES, service, name, start).record(done.retries, false);
    long duration = trace.endNanos[face] - start;
    if (duration > 0) {
      actionCell(Measure.ACTION_DATABASE_SHARE, service, name, start)
          .record((double) done.databaseCoveredNanos / duration, false);
    }
    if (done.repeats >= MIN_REPEATS) {
      cells
          .cell(Measure.ACTION_REPEATS, service, "", name, done.repeated, start)
          .record(done.repeats, false);
    }
  }

  private Cell actionCell(Measure measure, String service, String action, long startNanos) {
    return cells.cell(measure, service, "", action, "", startNanos);
  }

  /** Whether the span is a piece of work of its own rather than a call without a known caller. */
  private static boolean isOperation(OpenTrace trace, int row) {
    return !trace.has(row, OpenTrace.DATABASE);
  }

  /** The name of the operation at this row; empty for a call that nobody is known to have made. */
  private String operation(OpenTrace trace, int row) {
    if (trace.isEntryKind(row)) {
      return trace.name[row];
    }
    if (trace.isClientKind(row) || trace.has(row, OpenTrace.DATABASE)) {
      return "";
    }
    if (trace.kind[row] == SpanKind.INTERNAL || trace.kind[row] == SpanKind.UNSPECIFIED) {
      trace.name[row] = names.operation(trace.name[row], trace.resource[row].service());
    }
    return trace.name[row];
  }

  private static double seconds(OpenTrace trace, int row) {
    return (trace.endNanos[row] - trace.startNanos[row]) / 1e9;
  }
}
