package headroom.model;

/** What can be odd about telemetry; each case is counted, so that no loss is silent. */
public enum Irregularity {
  /** No trace id, span id or start. Dropped. */
  SPAN_INVALID,
  /** Too far in the past or the future. Dropped. */
  SPAN_TIME,
  /** Ends before it starts. Kept, as if it took no time. */
  SPAN_NEGATIVE,
  /** The same span again. Dropped. */
  SPAN_DUPLICATE,
  /** Its trace was complete already. Counts as an operation but is not in the trace's facts. */
  SPAN_LATE,
  /** Its trace had reached its limit. Counts as an operation but is not in the trace's facts. */
  SPAN_OVER_LIMIT,
  /** Its own ancestor. Kept, as if its parent were missing. */
  SPAN_CYCLE,
  /** Completed before its time because there were too many; without actions if it had no root. */
  TRACE_EVICTED,
  /** A service had more distinct names than are kept; this one became {@code (other)}. */
  NAME_OVER_LIMIT,
  /** Not a metric that is read. Dropped. */
  POINT_UNKNOWN,
  /** Without a time, too far in the past or future, or over too long an interval. Dropped. */
  POINT_TIME,
  /** Not a number, infinite, negative where it cannot be, or inconsistent. Dropped. */
  POINT_VALUE,
  /** The same point again. Dropped. */
  POINT_DUPLICATE,
  /** Cumulative and older than one that was seen. Dropped; what it counted is in the later one. */
  POINT_OUT_OF_ORDER,
  /** First of a cumulative series that began long before. Only the base for the next one. */
  POINT_BASE,
  /** A cumulative series began anew. */
  POINT_RESET,
  /** The same thing is measured by a metric that is preferred. Dropped. */
  POINT_OTHER_SOURCE,
  /** There were too many series. Dropped. */
  POINT_OVER_LIMIT,
  /** There were too many cells between two flushes; one value was dropped. */
  CELL_OVER_LIMIT
}
