package headroom.ledger;

import headroom.ledger.Entry.Verdict;
import headroom.model.Event;
import headroom.wall.Estimate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every prediction that was kept, scored against what happened. How is told in {@code
 * docs/math/ledger.md}.
 *
 * @param entries latest first
 */
public record Ledger(List<Entry> entries) {
  public Ledger {
    entries = List.copyOf(entries);
  }

  /**
   * Scores predictions.
   *
   * @param events predictions, and what tests have measured; others are passed over
   * @param record of root operations since the first of them
   */
  public static Ledger of(List<Event> events, LoadRecord record) {
    List<Prediction> predictions =
        events.stream().map(Prediction::of).flatMap(Optional::stream).toList();
    List<Measurement> measured =
        events.stream()
            .map(event -> Measurement.of(event, record.objective()))
            .flatMap(Optional::stream)
            .toList();
    List<TestedLoad> tested =
        events.stream()
            .map(event -> TestedLoad.of(event, record.objective()))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(TestedLoad::at))
            .toList();
    Map<Instant, Prediction> firsts = new HashMap<>();
    for (Prediction one : predictions) {
      firsts.merge(one.at(), one, Ledger::earlier);
    }
    List<Entry> entries = new ArrayList<>();
    for (Prediction one : predictions) {
      boolean first = one.equals(firsts.get(one.at()));
      entries.add(score(one, first, measured, tested, record));
    }
    entries.sort(
        Comparator.comparing((Entry entry) -> entry.prediction().at())
            .reversed()
            .thenComparingDouble(entry -> entry.prediction().multiple().median()));
    return new Ledger(entries);
  }

  private static Prediction earlier(Prediction a, Prediction b) {
    return a.multiple().median() <= b.multiple().median() ? a : b;
  }

  private static Entry score(
      Prediction said,
      boolean first,
      List<Measurement> measured,
      List<TestedLoad> tested,
      LoadRecord record) {
    for (Measurement one : measured) {
      boolean about = one.isAbout(said.station()) || first;
      if (one.at().isAfter(said.at()) && about) {
        return measured(said, one);
      }
    }
    Optional<Entry> bounded = TestedLoad.score(said, first, tested);
    if (bounded.isPresent()) {
      return bounded.get();
    }
    Optional<LoadRecord.Broken> broken = record.firstBreak(said.at());
    if (first && broken.isPresent()) {
      return broke(said, broken.get());
    }
    OptionalDouble held = record.highestHeld(said.at());
    double multiple = held.orElse(0) / said.peakPerSecond();
    Estimate claim = said.multiple();
    Verdict load =
        multiple > claim.high()
            ? Verdict.WRONG
            : multiple >= claim.low() ? Verdict.OPEN : Verdict.TOO_EARLY;
    String why =
        held.isEmpty()
            ? "no traffic has been judged since"
            : text(
                "held at up to %.2fx%s",
                multiple,
                switch (load) {
                  case WRONG -> ", beyond the interval";
                  case OPEN -> ", within the interval";
                  default -> "";
                });
    Optional<Instant> reached = record.reached(said.perSecond().median(), said.at());
    return new Entry(
        said,
        load,
        date(said, reached.orElse(null), record.end()),
        held.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(multiple),
        load == Verdict.WRONG
            ? record.reached(said.perSecond().high(), said.at()).orElse(null)
            : null,
        why);
  }

  private static Entry measured(Prediction said, Measurement test) {
    double multiple = test.perSecond() / said.peakPerSecond();
    boolean inside = said.multiple().contains(multiple);
    boolean other = !test.station().isEmpty() && !test.isAbout(said.station());
    // A load that is made says nothing about when traffic would have got there.
    return new Entry(
        said,
        inside && !other ? Verdict.RIGHT : Verdict.WRONG,
        said.date() == null ? null : Verdict.OPEN,
        OptionalDouble.of(multiple),
        test.at(),
        text("a test measured %.2fx", multiple)
            + (other ? ", where " + test.station() + " broke" : "")
            + (inside ? "" : ", outside the interval"));
  }

  private static Entry broke(Prediction said, LoadRecord.Broken broken) {
    double multiple = broken.perSecond() / said.peakPerSecond();
    boolean inside = said.multiple().contains(multiple);
    return new Entry(
        said,
        inside ? Verdict.RIGHT : Verdict.WRONG,
        date(said, broken.at(), broken.at()),
        OptionalDouble.of(multiple),
        broken.at(),
        text("the objective failed at %.2fx", multiple)
            + (inside
                ? ""
                : multiple < said.multiple().low()
                    ? ", below the interval"
                    : ", above the interval"));
  }

  /** What became of a date, when traffic got there at a moment, or has not until the end. */
  private static @Nullable Verdict date(Prediction said, @Nullable Instant reached, Instant end) {
    var date = said.date();
    if (date == null) {
      return null;
    }
    LocalDate day = LocalDate.ofInstant(reached == null ? end : reached, ZoneOffset.UTC);
    boolean tooLate = day.isAfter(date.high()) && !date.openEnded();
    if (reached == null) {
      return tooLate ? Verdict.WRONG : day.isBefore(date.low()) ? Verdict.TOO_EARLY : Verdict.OPEN;
    }
    return tooLate || day.isBefore(date.low()) ? Verdict.WRONG : Verdict.RIGHT;
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /**
   * How often intervals held, of those that were decided.
   *
   * @param coverage that they were to have, on average; 0 where none was decided
   */
  public record Tally(int decided, int right, double coverage) {}

  /** How many predicted multiples came true. */
  public Tally multiples() {
    return tally(Entry::load, entry -> entry.prediction().multiple().coverage());
  }

  /** How many predicted dates came true. */
  public Tally dates() {
    return tally(
        Entry::date,
        entry -> {
          var date = entry.prediction().date();
          return date == null ? 0 : date.coverage();
        });
  }

  private Tally tally(
      Function<Entry, @Nullable Verdict> verdict, Function<Entry, Double> coverage) {
    int decided = 0;
    int right = 0;
    double sum = 0;
    for (Entry entry : entries) {
      Verdict one = verdict.apply(entry);
      if (one != null && one.isDecided()) {
        decided++;
        right += one == Verdict.RIGHT ? 1 : 0;
        sum += coverage.apply(entry);
      }
    }
    return new Tally(decided, right, decided == 0 ? 0 : sum / decided);
  }
}
