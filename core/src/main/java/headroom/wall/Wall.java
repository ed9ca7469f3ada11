package headroom.wall;

import headroom.model.Station;
import headroom.model.StationKind;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The load at which an objective fails because one station has no room left.
 *
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
 * @param hiddenLimit what may break before, though nothing reports it; null where nothing hints at
 *     it, and for all but the first wall
 * @param noDate why there is no date, and what can be said instead; null where nobody asked for one
 */
public record Wall(
    Station station,
    @Nullable Limit limit,
    OptionalDouble utilizationAtPeak,
    @Nullable Estimate multiple,
    @Nullable Estimate saturation,
    @Nullable DateEstimate date,
    String breaks,
    List<Cause> because,
    Confidence confidence,
    double probabilityFirst,
    List<String> notes,
    @Nullable HiddenLimit hiddenLimit,
    @Nullable String noDate) {
  public Wall {
    because = List.copyOf(because);
    notes = List.copyOf(notes);
  }

  /** This wall with a date, or with the reason for having none. */
  public Wall dated(@Nullable DateEstimate when, @Nullable String whyNot) {
    return new Wall(
        station,
        limit,
        utilizationAtPeak,
        multiple,
        saturation,
        when,
        breaks,
        because,
        confidence,
        probabilityFirst,
        notes,
        hiddenLimit,
        whyNot);
  }

  /** What sort of station it is. */
  public StationKind kind() {
    return station.kind();
  }

  /** How far the claim is backed by data. */
  public enum Confidence {
    MEASURED,
    EXTRAPOLATED,
    NOT_ENOUGH_DATA
  }

  public record Limit(double value, String unit) {}

  /**
   * A limit that no station stands for, but that shows in how responses slow down with load.
   *
   * @param atLeast multiple of the reference peak below which it does not lie, as far as the data
   *     tell
   * @param because the evidence, in words
   * @param measured whether responses were seen to slow down, so that intervals reach down to
   *     {@code atLeast}; else it is only that nothing is known
   */
  public record HiddenLimit(double atLeast, String because, boolean measured) {}

  /** Something that uses the station, with its share of the use, 0..1. */
  public record Cause(What what, String name, double share) {
    /** What sort of thing uses the station. */
    public enum What {
      OPERATION,
      STATEMENT
    }
  }

  /**
   * When traffic is forecast to get there.
   *
   * @param high the end of the interval, or of what was looked at when {@code openEnded}
   * @param openEnded whether it may be later than {@code high}, or never
   * @param within chance that it is reached within so many days, by days
   * @param basis what it rests on, in words
   */
  public record DateEstimate(
      LocalDate low,
      LocalDate median,
      LocalDate high,
      double coverage,
      boolean openEnded,
      SortedMap<Integer, Double> within,
      String basis) {
    public DateEstimate {
      within = Collections.unmodifiableSortedMap(new TreeMap<>(within));
      if (median.isBefore(low) || high.isBefore(median)) {
        throw new IllegalArgumentException(
            "low <= median <= high is needed, got %s, %s, %s".formatted(low, median, high));
      }
    }

    public DateEstimate(LocalDate low, LocalDate median, LocalDate high, double coverage) {
      this(low, median, high, coverage, false, new TreeMap<>(), "");
    }
  }
}
