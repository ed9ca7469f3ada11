package headroom.analysis;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The work that each user action causes.
 *
 * @param from start of the first window that held an action; null when there was none
 * @param to end of the last
 * @param actions by database time per second, greatest first; without any, by frequency
 */
public record Actions(@Nullable Instant from, @Nullable Instant to, List<Action> actions) {
  /** The measures that {@link #of} reads. */
  public static final Set<Measure> MEASURES =
      Set.copyOf(EnumSet.range(Measure.ACTION_CALLS, Measure.ACTION_REPEATS).clone());

  private static final Measure[] WORK = {
    Measure.ACTION_CALLS,
    Measure.ACTION_STATEMENTS,
    Measure.ACTION_DATABASE_SECONDS,
    Measure.ACTION_DEPTH,
    Measure.ACTION_RETRIES
  };
  private static final int MOST_REPEATS = 5;

  public Actions {
    actions = List.copyOf(actions);
  }

  /**
   * One action.
   *
   * @param response seconds from start to end
   * @param calls remote calls in one execution
   * @param statements database statements in one execution
   * @param databaseSeconds seconds spent in the database by one execution
   * @param depth longest chain of services
   * @param retries calls sent again
   * @param repeats statements that one execution runs several times, most often repeated first
   */
  public record Action(
      String service,
      String action,
      double perSecond,
      double errorShare,
      Work response,
      @Nullable Work calls,
      @Nullable Work statements,
      @Nullable Work databaseSeconds,
      @Nullable Work depth,
      @Nullable Work retries,
      List<Repeat> repeats) {
    public Action {
      repeats = List.copyOf(repeats);
    }

    private double databaseLoad() {
      return databaseSeconds == null ? 0 : databaseSeconds.mean() * perSecond;
    }
  }

  /** What executions of one action have in common. */
  public record Work(double mean, double p50, double p95, double p99, double max) {
    private static @Nullable Work of(@Nullable Cell cell) {
      if (cell == null || cell.mean().isEmpty()) {
        return null;
      }
      double mean = cell.mean().getAsDouble();
      return new Work(
          mean,
          cell.quantile(0.5).orElse(mean),
          cell.quantile(0.95).orElse(mean),
          cell.quantile(0.99).orElse(mean),
          Math.max(mean, cell.max()));
    }
  }

  /** A statement that runs several times in one execution, with the mean and the most times. */
  public record Repeat(String statement, double mean, double max) {}

  private record Name(String service, String action) {}

  /** Reads {@link #MEASURES} and {@link Measure#ACTION} of a history. */
  public static Actions of(History history) {
    CoveredTime covered =
        CoveredTime.of(history.of(Measure.ACTION), history.resolution().seconds());
    if (covered == null) {
      return new Actions(null, null, List.of());
    }
    Map<Name, Map<Measure, Cell>> work = new HashMap<>();
    collect(history, Measure.ACTION, work);
    for (Measure measure : WORK) {
      collect(history, measure, work);
    }
    Map<Name, List<Repeat>> repeats = repeats(history);
    List<Action> actions = new ArrayList<>();
    work.forEach((name, cells) -> {
      Cell responses = cells.get(Measure.ACTION);
      if (responses != null && responses.count() > 0) {
        actions.add(action(name, responses, cells, covered, repeats.getOrDefault(name, List.of())));
      }
    });
    actions.sort(
        Comparator.comparingDouble(Action::databaseLoad)
            .thenComparingDouble(Action::perSecond)
            .reversed()
            .thenComparing(Action::action));
    return new Actions(covered.from(), covered.to(), actions);
  }

  private static Action action(
      Name name,
      Cell responses,
      Map<Measure, Cell> cells,
      CoveredTime covered,
      List<Repeat> repeats) {
    Work response = Work.of(responses);
    return new Action(
        name.service(),
        name.action(),
        responses.count() / covered.seconds(),
        (double) responses.errors() / responses.count(),
        response == null ? new Work(0, 0, 0, 0, 0) : response,
        Work.of(cells.get(Measure.ACTION_CALLS)),
        Work.of(cells.get(Measure.ACTION_STATEMENTS)),
        Work.of(cells.get(Measure.ACTION_DATABASE_SECONDS)),
        Work.of(cells.get(Measure.ACTION_DEPTH)),
        Work.of(cells.get(Measure.ACTION_RETRIES)),
        repeats);
  }

  private static void collect(
      History history, Measure measure, Map<Name, Map<Measure, Cell>> work) {
    for (Series series : history.of(measure)) {
      work.computeIfAbsent(
              new Name(series.key().service(), series.key().subject()),
              unused -> new EnumMap<>(Measure.class))
          .computeIfAbsent(measure, unused -> new Cell())
          .merge(series.total());
    }
  }

  private static Map<Name, List<Repeat>> repeats(History history) {
    Map<Name, List<Repeat>> found = new HashMap<>();
    for (Series series : history.of(Measure.ACTION_REPEATS)) {
      Cell total = series.total();
      if (total.mean().isPresent() && total.max() > 1) {
        found
            .computeIfAbsent(
                new Name(series.key().service(), series.key().subject()),
                unused -> new ArrayList<>())
            .add(new Repeat(series.key().detail(), total.mean().getAsDouble(), total.max()));
      }
    }
    found.replaceAll((name, all) ->
        all.stream()
            .sorted(Comparator.comparingDouble(Repeat::mean).reversed())
            .limit(MOST_REPEATS)
            .toList());
    return found;
  }
}
