package headroom.model;

import org.jspecify.annotations.Nullable;

/**
 * One span as the decoder sees it: a mutable view that is filled anew for every span, so that a
 * million of them a second cost no object each. A receiver must copy what it keeps.
 *
 * <p>Times are nanoseconds since the Unix epoch. The parent id is 0 for a root span.
 */
@SuppressWarnings({"EnumOrdinal", "ReferenceEquality"}) // an index that nobody stores; see set
public final class Span {
  public long traceIdHigh;
  public long traceIdLow;
  public long spanId;
  public long parentSpanId;
  public long startNanos;
  public long endNanos;
  public SpanKind kind = SpanKind.UNSPECIFIED;
  public boolean error;

  /** Links of this span to other traces, as batch consumers have them. */
  public int links;

  public String name = "";
  public @Nullable Resource resource;

  /** By ordinal; an entry without its bit in {@link #present} is left over from another span. */
  private final String[] attributes = new String[SpanAttribute.COUNT];

  private long present;

  /** Forgets the last span; the resource stays, since many spans share one. */
  public void clear() {
    traceIdHigh = 0;
    traceIdLow = 0;
    spanId = 0;
    parentSpanId = 0;
    startNanos = 0;
    endNanos = 0;
    kind = SpanKind.UNSPECIFIED;
    error = false;
    links = 0;
    name = "";
    present = 0;
  }

  public @Nullable String get(SpanAttribute attribute) {
    int index = attribute.ordinal();
    return (present >>> index & 1) != 0 ? attributes[index] : null;
  }

  public void set(SpanAttribute attribute, String value) {
    int index = attribute.ordinal();
    // Spans repeat values, and a comparison is cheaper than the collector's part in a store.
    if (attributes[index] != value) {
      attributes[index] = value;
    }
    present |= 1L << index;
  }

  public double durationSeconds() {
    return (endNanos - startNanos) / 1e9;
  }
}
