package headroom.detect;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong now, with the numbers that justify saying so.
 *
 * @param id stable for the same kind and subject, so that a finding can be followed over time
 * @param onset when it began; null when it was so from the start of the data
 * @param effect how large it is against what is normal; null when there is no ratio to give
 * @param causes ranked, best first
 * @param evidence the measurements behind the claim
 * @param next what to do about it
 */
public record Finding(
    String id,
    Kind kind,
    String subject,
    Severity severity,
    @Nullable Onset onset,
    @Nullable Effect effect,
    String summary,
    List<Cause> causes,
    List<Evidence> evidence,
    String next) {
  public Finding {
    causes = List.copyOf(causes);
    evidence = List.copyOf(evidence);
  }

  /** What sort of trouble it is. */
  public enum Kind {
    LATENCY,
    DRIFT,
    POOL,
    IMBALANCE,
    CONCENTRATION,
    CACHE,
    QUEUE,
    RETRIES,
    AMPLIFICATION,
    N_PLUS_ONE,
    COUPLING,
    BATCH,
    COST,
    MEMORY,
    RESTART,
    LOCKS,
    PAYLOAD,
    COVERAGE,
    ORPHAN;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Worst first. */
  public enum Severity {
    CRITICAL,
    WARNING,
    INFO
  }

  public record Onset(Instant low, Instant median, Instant high) {}

  /** A ratio to what is normal, with its 90 % interval. */
  public record Effect(double ratio, double low, double high) {}

  public record Cause(String kind, String what, double score) {}

  /**
   * One measured thing: a number for the reader, and the points of a chart where it was followed
   * over time.
   *
   * @param points may be empty
   */
  public record Evidence(String label, double value, String unit, List<Point> points) {
    public Evidence {
      points = List.copyOf(points);
    }

    /** A value in the window that starts at {@code at}. */
    public record Point(Instant at, double value) {}
  }
}
