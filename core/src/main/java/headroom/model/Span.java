package headroom.model;

import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/**
 * One span as the decoder sees it: a mutable view that is filled anew for every span, so that a
 * million of them a second cost no object each. A receiver must copy what it keeps.
 *
 * <p>Times are nanoseconds since the Unix epoch. The parent id is 0 for a root span.
 */
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

  private final EnumMap<SpanAttribute, String> attributes = new EnumMap<>(SpanAttribute.class);

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
    attributes.clear();
  }

  public @Nullable String get(SpanAttribute attribute) {
    return attributes.get(attribute);
  }

  public void set(SpanAttribute attribute, String value) {
    attributes.put(attribute, value);
  }

  public double durationSeconds() {
    return (endNanos - startNanos) / 1e9;
  }
}
