package headroom.wall;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The load at which an objective fails because one station has no room left.
 *
 * @param station such as {@code wallet/pool/ledger}
 * @param limit what the station has to give; null when unknown
 * @param utilizationAtPeak 0..1 at the reference peak; empty when the limit is unknown
 * @param multiple of the reference peak at which the objective fails; null when there is not enough
 *     data to say
 * @param saturation multiple at which the station itself is full; null like {@code multiple}
 * @param date when traffic is forecast to reach {@code multiple}; null without a usable forecast
 * @param breaks what fails then, in words
 * @param because what holds the station, greatest share first
 * @param probabilityFirst chance that this is the first station to break, 0..1
 * @param notes what a sceptical reader should know about how the numbers came about
 */
public record Wall(
    String station,
    Kind kind,
    @Nullable Limit limit,
    OptionalDouble utilizationAtPeak,
    @Nullable Estimate multiple,
    @Nullable Estimate saturation,
    @Nullable DateEstimate date,
    String breaks,
    List<Cause> because,
    Confidence confidence,
    double probabilityFirst,
    List<String> notes) {
  public Wall {
    because = List.copyOf(because);
    notes = List.copyOf(notes);
  }

  /** What sort of station it is; the name on the wire is the lower case of the constant. */
  public enum Kind {
    POOL,
    CPU,
    DATABASE,
    EXECUTOR,
    QUEUE,
    PARTITION,
    CACHE,
    MEMORY,
    DISK,
    OBJECTIVE
  }

  /** How far the claim is backed by data. */
  public enum Confidence {
    MEASURED,
    EXTRAPOLATED,
    NOT_ENOUGH_DATA
  }

  public record Limit(double value, String unit) {}

  /** Something that uses the station, with its share of the use, 0..1. */
  public record Cause(What what, String name, double share) {
    /** What sort of thing uses the station. */
    public enum What {
      OPERATION,
      STATEMENT
    }
  }

  public record DateEstimate(LocalDate low, LocalDate median, LocalDate high, double coverage) {}
}
