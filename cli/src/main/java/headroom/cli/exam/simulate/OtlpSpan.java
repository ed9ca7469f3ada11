package headroom.cli.exam.simulate;

import java.util.List;

/**
 * A span as OTLP has it. Times are nanoseconds since the Unix epoch.
 *
 * @param parentId 0 for a root
 * @param kind its number in OTLP
 * @param traceState how it was sampled; empty when all are kept
 */
record OtlpSpan(
    long traceHigh,
    long traceLow,
    long id,
    long parentId,
    String name,
    int kind,
    long startNanos,
    long endNanos,
    boolean error,
    String traceState,
    List<OtlpAttribute> attributes) {
  static final int INTERNAL = 1;
  static final int SERVER = 2;
  static final int CLIENT = 3;
  static final int CONSUMER = 5;
}
