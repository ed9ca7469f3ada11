package headroom.cli.exam.simulate;

import headroom.rollup.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data point with what its metric says. Times are nanoseconds since the Unix epoch.
 *
 * @param value of a gauge or sum
 * @param cell of a histogram; null for others
 */
record OtlpPoint(
    String metric,
    String unit,
    Shape shape,
    long startNanos,
    long timeNanos,
    double value,
    @Nullable Cell cell,
    List<OtlpAttribute> attributes) {
  enum Shape {
    GAUGE,
    /** A sum that can fall: connections in use. */
    LEVEL,
    /** A sum since the start of the process. */
    COUNTER,
    /** An exponential histogram of the values since the point before. */
    HISTOGRAM
  }
}
