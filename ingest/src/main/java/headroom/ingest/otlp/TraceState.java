package headroom.ingest.otlp;

import headroom.model.Span;

/**
 * Reads from a W3C trace state with which probability a span was sampled, as OpenTelemetry's
 * consistent probability sampling says it. The threshold {@code th} has 1 to 14 hexadecimal digits,
 * trailing zeros left out, and is the share of 2<sup>56</sup> that is rejected:
 *
 * <pre>
 *   vendor=x,ot=rv:6e6d1a75832a2f;th:c     threshold c0000000000000, adjusted count 2^56 / (2^56 - th) = 4
 * </pre>
 *
 * <p>Source: OpenTelemetry specification, "TraceState Handling" and "TraceState: Probability
 * Sampling".
 */
final class TraceState {
  private static final int DIGITS = 14;
  private static final long MOST = 1L << 56;

  private TraceState() {}

  /** Sets what the trace state in {@code [from, from + length)} says of sampling. */
  static void read(byte[] bytes, int from, int length, Span span) {
    int end = from + length;
    int at = from;
    while (at < end) {
      int next = indexOf(bytes, (byte) ',', at, end);
      while (at < next && (bytes[at] == ' ' || bytes[at] == '\t')) {
        at++;
      }
      if (next - at > 3 && bytes[at] == 'o' && bytes[at + 1] == 't' && bytes[at + 2] == '=') {
        openTelemetry(bytes, at + 3, next, span);
        return;
      }
      at = next + 1;
    }
  }

  private static void openTelemetry(byte[] bytes, int from, int end, Span span) {
    int at = from;
    while (at < end) {
      int next = indexOf(bytes, (byte) ';', at, end);
      if (next - at >= 3 && bytes[at] == 't' && bytes[at + 1] == 'h' && bytes[at + 2] == ':') {
        int last = next;
        while (last > at && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
          last--;
        }
        threshold(bytes, at + 3, last, span);
        return;
      }
      at = next + 1;
    }
  }

  private static void threshold(byte[] bytes, int from, int end, Span span) {
    int digits = end - from;
    if (digits < 1 || digits > DIGITS) {
      span.samplingUnreadable = true;
      return;
    }
    long threshold = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        span.samplingUnreadable = true;
        return;
      }
      threshold = threshold << 4 | digit;
    }
    threshold <<= 4 * (DIGITS - digits);
    span.adjustedCount = (double) MOST / (MOST - threshold);
  }

  /** The end when it does not occur. */
  private static int indexOf(byte[] bytes, byte wanted, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
