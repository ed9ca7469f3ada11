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
 * @param today how much it has to give, and how much of that is used
 * @param claim where the wall lies
 * @param story what a reader should know about it
 * @param when traffic is forecast to get there
 */
public record Wall(Station station, Today today, Claim claim, Story story, When when) {
  /**
   * The station at the reference peak.
   *
   * @param limit what the station has to give; null when unknown
   * @param utilization 0..1; empty when the limit is unknown
   */
  public record Today(@Nullable Limit limit, OptionalDouble utilization) {
    /** Of a station whose limit is not known. */
    public static final Today UNKNOWN = new Today(null, OptionalDouble.empty());
  }

  /**
   * Where the wall lies.
   *
   * @param multiple of the reference peak at which the objective fails; null when there is not
   *     enough data to say
   * @param saturation multiple at which the station itself is full; null like {@code multiple}
   * @param probabilityFirst chance that this is the first station to break, 0..1
   */
  public record Claim(
      @Nullable Estimate multiple,
      @Nullable Estimate saturation,
      Confidence confidence,
      double probabilityFirst) {
    /** Nothing is claimed. */
    public static final Claim NONE = new Claim(null, null, Confidence.NOT_ENOUGH_DATA, 0);
  }

  /**
   * What a reader should know.
   *
   * @param breaks what fails then, in words
   * @param because what holds the station, greatest share first
   * @param notes what a sceptical reader should know about how the numbers came about
   */
  public record Story(String breaks, List<Cause> because, List<String> notes) {
    public Story {
      because = List.copyOf(because);
      notes = List.copyOf(notes);
    }
  }

  /**
   * When traffic is forecast to get there.
   *
   * @param date null without a usable forecast
   * @param noDate why there is none, and what can be said instead
   */
  public record When(@Nullable DateEstimate date, @Nullable String noDate) {
    /** Nobody asked for a date. */
    public static final When NOT_ASKED = new When(null, null);
  }

  /** This wall with a date, or with the reason for having none. */
  public Wall dated(@Nullable DateEstimate date, @Nullable String whyNot) {
    return new Wall(station, today, claim, story, new When(date, whyNot));
  }

  /** What sort of station it is. */
  public StationKind kind() {
    return station.kind();
  }

  public @Nullable Limit limit() {
    return today.limit;
  }

  public OptionalDouble utilizationAtPeak() {
    return today.utilization;
  }

  public @Nullable Estimate multiple() {
    return claim.multiple;
  }

  public @Nullable Estimate saturation() {
    return claim.saturation;
  }

  public Confidence confidence() {
    return claim.confidence;
  }

  public double probabilityFirst() {
    return claim.probabilityFirst;
  }

  public String breaks() {
    return story.breaks;
  }

  public List<Cause> because() {
    return story.because;
  }

  public List<String> notes() {
    return story.notes;
  }

  public @Nullable DateEstimate date() {
    return when.date;
  }

  public @Nullable String noDate() {
    return when.noDate;
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
