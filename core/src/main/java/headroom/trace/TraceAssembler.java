package headroom.trace;

import headroom.model.Irregularities;
import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.rollup.SeriesCells;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Groups spans by trace until each trace is complete, then reduces it to facts in the cells.
 * Operations are counted at once, span by span.
 *
 * <p>A trace is complete when its root has arrived and it was {@link TraceLimits#quiet()}; without
 * a root (its caller is not instrumented, or has not sent yet) when it was quiet for three times as
 * long; and at {@link TraceLimits#maxAge()} anyway. Time is what {@link #expire} was last told, be
 * it the clock's or that of the events. Spans that arrive after completion are counted as late.
 *
 * <p>Memory is bounded by {@link TraceLimits}; at the limit the trace that was quiet longest is
 * completed early. Not safe for use by several threads.
 */
public final class TraceAssembler {
  private static final int MAX_POOLED = 1_024;
  private static final int MAX_POOLED_ROWS = 64;
  private static final int ROOTLESS_FACTOR = 3;

  private final TraceLimits limits;
  private final long quietNanos;
  private final long maxAgeNanos;
  private final long maxRows;
  private final SeriesCells cells;
  private final Irregularities irregularities;
  private final FactNames names;
  private final TraceFacts facts;
  private final TraceTable open;
  private final ArrayDeque<OpenTrace> pool = new ArrayDeque<>();

  /** Hashes of traces completed lately, each at the place that its hash says. */
  private final long[] completed;

  private @Nullable OpenTrace oldest;
  private @Nullable OpenTrace newest;
  private long rows;
  private long nowNanos = Long.MIN_VALUE;
  private long completedCount;

  public TraceAssembler(TraceLimits limits, SeriesCells cells, Irregularities irregularities) {
    this.limits = limits;
    this.cells = cells;
    this.irregularities = irregularities;
    quietNanos = limits.quiet().toNanos();
    maxAgeNanos = limits.maxAge().toNanos();
    maxRows = Math.max(1, limits.maxBytes() / OpenTrace.BYTES_PER_ROW);
    names = new FactNames(limits.namesPerService(), irregularities);
    facts = new TraceFacts(cells, names, irregularities);
    open = new TraceTable(limits.maxTraces());
    completed = new long[Integer.highestOneBit(limits.maxTraces()) * 4];
  }

  /**
   * Takes a span in; it is copied.
   *
   * @param span with a trace id, a span id and a start
   * @param resource who sent it
   */
  public void add(Span span, Resource resource) {
    OpenTrace trace = traceOf(span);
    if (trace == null) {
      irregularities.count(Irregularity.SPAN_LATE);
      countOperation(span, resource, operationName(span, resource));
      return;
    }
    if (trace.find(span.spanId) >= 0) {
      irregularities.count(Irregularity.SPAN_DUPLICATE);
      return;
    }
    String operation = operationName(span, resource);
    countOperation(span, resource, operation);
    touch(trace);
    if (isOverLimit(trace, span)) {
      irregularities.count(Irregularity.SPAN_OVER_LIMIT);
      return;
    }
    int capacity = trace.capacity();
    fill(trace, trace.add(span.spanId), span, resource, operation);
    rows += trace.capacity() - capacity;
    if (rows > maxRows) {
      makeRoom(trace);
    }
  }

  /**
   * Says what time it is and completes what is due. Time that goes back is ignored. Before the
   * first call no time is known and nothing ages.
   */
  public void expire(long now) {
    if (nowNanos == Long.MIN_VALUE) {
      for (OpenTrace trace = oldest; trace != null; trace = trace.newer) {
        trace.firstSeenNanos = now;
        trace.lastSeenNanos = now;
      }
    }
    nowNanos = Math.max(nowNanos, now);
    OpenTrace trace = oldest;
    while (trace != null && nowNanos - trace.lastSeenNanos >= quietNanos) {
      OpenTrace next = trace.newer;
      long idle = nowNanos - trace.lastSeenNanos;
      if (trace.hasRoot
          || idle >= ROOTLESS_FACTOR * quietNanos
          || nowNanos - trace.firstSeenNanos >= maxAgeNanos) {
        complete(trace, true);
      }
      trace = next;
    }
  }

  /** Completes all that is open, as at the end of a recording. */
  public void completeAll() {
    while (oldest != null) {
      complete(oldest, true);
    }
  }

  /** Forgets the names it has seen, so that those no longer in use make room for new ones. */
  public void forgetNames() {
    names.forget();
  }

  public int openTraces() {
    return open.size();
  }

  /** What open traces take, names not counted. */
  public long openBytes() {
    return rows * OpenTrace.BYTES_PER_ROW;
  }

  public long completedTraces() {
    return completedCount;
  }

  private boolean isOverLimit(OpenTrace trace, Span span) {
    boolean telling =
        span.parentSpanId == 0 || span.kind == SpanKind.SERVER || span.kind == SpanKind.CONSUMER;
    return trace.size >= (telling ? 2L : 1L) * limits.maxSpansPerTrace();
  }

  /** The span's open trace, perhaps a new one; null when it was completed already. */
  private @Nullable OpenTrace traceOf(Span span) {
    OpenTrace trace = open.find(span.traceIdHigh, span.traceIdLow);
    if (trace != null) {
      if (nowNanos == Long.MIN_VALUE || nowNanos - trace.firstSeenNanos < maxAgeNanos) {
        return trace;
      }
      complete(trace, true);
      return null;
    }
    long hash = TraceTable.mix(span.traceIdHigh, span.traceIdLow);
    if (completed[placeOf(hash)] == hash) {
      return null;
    }
    if (open.size() >= limits.maxTraces() && oldest != null) {
      evict(oldest);
    }
    trace = pool.isEmpty() ? new OpenTrace() : pool.pop();
    trace.reset(span.traceIdHigh, span.traceIdLow, nowNanos);
    open.add(trace);
    append(trace);
    rows += trace.capacity();
    return trace;
  }

  private int placeOf(long hash) {
    return (int) (hash >>> 33) & (completed.length - 1);
  }

  private String operationName(Span span, Resource resource) {
    boolean entry =
        span.kind == SpanKind.SERVER
            || span.kind == SpanKind.CONSUMER
            || (span.parentSpanId == 0 && isOwnWork(span));
    return entry ? names.operation(span, resource.service()) : "";
  }

  /** Whether it does something itself rather than call somebody. */
  private static boolean isOwnWork(Span span) {
    return (span.kind == SpanKind.INTERNAL || span.kind == SpanKind.UNSPECIFIED)
        && !OperationName.isDatabase(span);
  }

  private void countOperation(Span span, Resource resource, String operation) {
    if (!operation.isEmpty()) {
      cells
          .cell(
              Measure.OPERATION,
              resource.service(),
              resource.instance(),
              operation,
              "",
              span.startNanos)
          .record(span.durationSeconds(), isError(span));
    }
  }

  private static boolean isError(Span span) {
    String status = span.get(SpanAttribute.HTTP_STATUS);
    return span.error || (status != null && status.length() == 3 && status.charAt(0) == '5');
  }

  private void fill(OpenTrace trace, int row, Span span, Resource resource, String operation) {
    String service = resource.service();
    boolean entry = span.kind == SpanKind.SERVER || span.kind == SpanKind.CONSUMER;
    boolean database = !entry && OperationName.isDatabase(span);
    boolean call = span.kind == SpanKind.CLIENT || span.kind == SpanKind.PRODUCER;
    trace.parentId[row] = span.parentSpanId;
    trace.startNanos[row] = span.startNanos;
    trace.endNanos[row] = span.endNanos;
    trace.kind[row] = span.kind;
    trace.resource[row] = resource;
    trace.hasRoot |= span.parentSpanId == 0;
    int flags = isError(span) ? OpenTrace.ERROR : 0;
    flags |= database ? OpenTrace.DATABASE : 0;
    flags |= database && Connections.isGetting(span.name) ? OpenTrace.GETTING : 0;
    flags |= isResent(span) ? OpenTrace.RESENT : 0;
    trace.flags[row] = (byte) flags;
    if (database) {
      trace.name[row] = names.statement(span, service);
      trace.target[row] = names.database(span, service);
    } else if (call) {
      trace.name[row] = names.call(span, service);
      trace.target[row] = names.peer(span, service);
    } else {
      trace.name[row] = operation.isEmpty() ? OperationName.of(span) : operation;
      trace.target[row] = "";
    }
  }

  private static boolean isResent(Span span) {
    String resent = span.get(SpanAttribute.HTTP_RESEND_COUNT);
    return resent != null && !resent.equals("0") && !resent.isEmpty();
  }

  private void touch(OpenTrace trace) {
    trace.lastSeenNanos = nowNanos;
    if (trace != newest) {
      unlink(trace);
      append(trace);
    }
  }

  /** Completes the longest quiet ones until the others fit; the given one stays if it can. */
  private void makeRoom(OpenTrace current) {
    while (rows > maxRows && oldest != null && oldest != current) {
      evict(oldest);
    }
    if (rows > maxRows) {
      evict(current);
    }
  }

  private void evict(OpenTrace trace) {
    irregularities.count(Irregularity.TRACE_EVICTED);
    complete(trace, trace.hasRoot);
  }

  private void complete(OpenTrace trace, boolean actions) {
    long hash = TraceTable.mix(trace.idHigh, trace.idLow);
    completed[placeOf(hash)] = hash;
    completedCount++;
    open.remove(trace);
    unlink(trace);
    rows -= trace.capacity();
    facts.add(trace, actions);
    if (trace.capacity() <= MAX_POOLED_ROWS && pool.size() < MAX_POOLED) {
      pool.push(trace);
    }
  }

  private void append(OpenTrace trace) {
    trace.older = newest;
    trace.newer = null;
    if (newest == null) {
      oldest = trace;
    } else {
      newest.newer = trace;
    }
    newest = trace;
  }

  private void unlink(OpenTrace trace) {
    OpenTrace before = trace.older;
    OpenTrace after = trace.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    trace.older = null;
    trace.newer = null;
  }
}
