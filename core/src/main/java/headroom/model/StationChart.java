package headroom.model;

import java.util.List;

/** A chart of a kind of station, for whoever draws it: which series, and how they are written. */
public record StationChart(String title, Format format, List<Line> lines) {
  public StationChart {
    lines = List.copyOf(lines);
  }

  /** How a reader wants the values written. */
  public enum Format {
    NUMBER,
    RATE,
    SECONDS,
    SHARE,
    BYTES
  }

  /** Which figure of a window a line follows. */
  public enum Field {
    MEAN("mean"),
    LAST("last"),
    PER_SECOND("perSecond"),
    P50("p50"),
    P99("p99");

    private final String wireName;

    Field(String wireName) {
      this.wireName = wireName;
    }

    /** Its name in the points of a series on the wire. */
    public String wireName() {
      return wireName;
    }

    /** Levels and rates of several instances add up, quantiles do not. */
    boolean addsUp() {
      return this == MEAN || this == LAST || this == PER_SECOND;
    }
  }

  /** How much a line matters to the eye; a limit is no data by itself. */
  public enum Tone {
    FIRST,
    SECOND,
    THIRD,
    LIMIT
  }

  /** What the values of several instances are as one line. */
  public enum Together {
    SUM,
    HIGHEST
  }

  /** One line: a figure of a measure, with its name in the legend. */
  public record Line(Measure measure, Field field, String name, Tone tone, Together together) {

    static Line line(Measure measure, Field field, String name, Tone tone) {
      return new Line(measure, field, name, tone, field.addsUp() ? Together.SUM : Together.HIGHEST);
    }

    /** A share of each instance, of which the highest counts. */
    static Line share(Measure measure, String name, Tone tone) {
      return new Line(measure, Field.MEAN, name, tone, Together.HIGHEST);
    }

    static Line limit(Measure measure) {
      return line(measure, Field.LAST, "limit", Tone.LIMIT);
    }
  }
}
