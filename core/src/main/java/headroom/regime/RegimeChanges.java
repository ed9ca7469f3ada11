package headroom.regime;

import headroom.model.Event;
import headroom.store.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What takes another time than it did minutes or hours ago, at equal load. How, and how well, is
 * told in {@code docs/math/regimes.md}.
 */
public final class RegimeChanges {
  /** Deviations from which a change is told when nothing is known to have happened. */
  private static final double PLAIN = 6;

  /** The same at a deploy, the only places that are looked at then. */
  private static final double AT_DEPLOY = 4.5;

  /** Deviations from which something else shows it. */
  private static final double SHOWN = 3;

  /** Logarithms; smaller ones matter to nobody within hours. */
  private static final double SMALLEST = Math.log(1.1);

  private static final double SMALLEST_AT_DEPLOY = Math.log(1.06);

  /** Unrelated operations that did the same make it the surroundings. */
  private static final int SURROUNDINGS = 3;

  private static final long HOUR = 3_600;

  /** A later regime is looked for in what came after the first, so many times. */
  private static final int MOST_REGIMES = 3;

  private final PartTimes times;
  private final PartTimes longer;
  private final List<Event> deploys;

  private RegimeChanges(PartTimes times, PartTimes longer, History history) {
    this.times = times;
    this.longer = longer;
    deploys = history.events().stream().filter(event -> event.kind().equals("deploy")).toList();
  }

  /** Slower and faster, the latest of each part; those that cost most first. */
  public static List<RegimeChange> of(History history) {
    var times = new PartTimes(history);
    return new RegimeChanges(times, times, history).found();
  }

  /**
   * The same of the last part of a longer history: what was so before, for as long, is no news.
   *
   * @param before in wider rows, from an earlier time on
   */
  public static List<RegimeChange> of(History history, History before) {
    return new RegimeChanges(new PartTimes(history), new PartTimes(before), history).found();
  }

  /**
   * Since when everything is as it is now: when the last certain change, slower or faster, is sure
   * to have begun. Empty when nothing changed.
   */
  public static Optional<Instant> latestSince(History history) {
    return latestSince(of(history));
  }

  /** The same of changes that are known already. */
  public static Optional<Instant> latestSince(List<RegimeChange> changes) {
    return changes.stream()
        .filter(RegimeChange::movesWalls)
        .map(change -> change.since().high())
        .max(Comparator.naturalOrder());
  }

  /**
   * A part with its last step.
   *
   * @param cost seconds that it adds in all, negative for what it saves
   */
  private record Moved(Part part, Blocks blocks, Step step, double cost) {
    long low() {
      return blocks.startOf(step.low()) - blocks.seconds();
    }

    long high() {
      return blocks.startOf(step.high()) + blocks.seconds();
    }

    boolean isLike(Moved other) {
      return low() <= other.high()
          && other.low() <= high()
          && step.size() > 0 == other.step.size() > 0;
    }
  }

  private List<RegimeChange> found() {
    List<Moved> moved = new ArrayList<>();
    for (Part part : times.parts()) {
      times.blocks(part).flatMap(blocks -> last(part, blocks)).ifPresent(moved::add);
    }
    moved.sort(Comparator.comparingDouble((Moved one) -> -Math.abs(one.cost)));
    List<RegimeChange> changes = new ArrayList<>();
    List<Moved> left = new ArrayList<>(moved);
    while (!left.isEmpty()) {
      Moved first =
          left.stream().filter(one -> !one.part.isWhole()).findFirst().orElse(left.getFirst());
      List<Moved> group =
          left.stream()
              .filter(one ->
                  one.isLike(first) && times.areLinked(one.part.service(), first.part.service()))
              .toList();
      left.removeAll(group);
      left.remove(first);
      changes.add(change(first, group, moved));
    }
    return changes;
  }

  /** The last step of a part that stands out. */
  private Optional<Moved> last(Part part, Blocks blocks) {
    double[] load = times.load(part, blocks);
    Optional<Step> last = Optional.empty();
    int from = 0;
    for (int i = 0; i < MOST_REGIMES; i++) {
      Optional<Step> next =
          new StepScan(blocks.logs(), load, from, blocks.seconds())
              .best()
              .filter(step -> isNews(part, blocks, step));
      if (next.isEmpty()) {
        break;
      }
      last = next;
      from = next.get().high();
    }
    return last.map(step -> new Moved(part, blocks, step, cost(blocks, step)));
  }

  private boolean isNews(Part part, Blocks blocks, Step step) {
    boolean deployed = deploy(List.of(new Moved(part, blocks, step, 0))).isPresent();
    return step.z() >= (deployed ? AT_DEPLOY : PLAIN)
        && Math.abs(step.size()) >= (deployed ? SMALLEST_AT_DEPLOY : SMALLEST)
        && !hadBeen(part, blocks, step);
  }

  /** Whether the longer history shows as much for as long, an hour at most. */
  private boolean hadBeen(Part part, Blocks blocks, Step step) {
    Optional<Blocks> wide = longer == times ? Optional.empty() : longer.blocks(part);
    if (wide.isEmpty()) {
      return false;
    }
    double half = mean(blocks.logs(), step.at()) + step.size() / 2;
    double[] logs = wide.get().logs();
    long lasted = Math.min(HOUR, blocks.startOf(step.end()) - blocks.startOf(step.at()));
    int run = (int) Math.max(1, lasted / wide.get().seconds());
    int until = wide.get().at(blocks.startOf(step.low()) - lasted);
    for (int from = 0; from + run <= until; from++) {
      double level = Arrays.stream(logs, from, from + run).average().orElse(Double.NaN);
      if (step.size() > 0 ? level >= half : level <= half) {
        return true;
      }
    }
    return false;
  }

  private static double mean(double[] logs, int until) {
    return Arrays.stream(logs, 0, until)
        .filter(log -> !Double.isNaN(log))
        .average()
        .orElse(Double.NaN);
  }

  private static double cost(Blocks blocks, Step step) {
    double before = mean(blocks.logs(), step.at());
    return Math.expm1(step.size()) * Math.exp(before) * blocks.values();
  }

  private RegimeChange change(Moved first, List<Moved> group, List<Moved> all) {
    Part part = first.part;
    List<String> shownBy = new ArrayList<>();
    for (Moved other : group) {
      if (!other.part.equals(part)) {
        shownBy.add("%s: %s".formatted(other.part.text(), percent(other.step)));
      }
    }
    Optional<Step> response = part.isWhole() ? Optional.of(first.step) : whole(first);
    boolean inResponse =
        response
            .filter(step -> step.z() >= SHOWN && step.size() > 0 == first.step.size() > 0)
            .isPresent();
    if (inResponse && shownBy.isEmpty() && !part.isWhole()) {
      shownBy.add("%s: %s".formatted(part.whole().text(), percent(response.orElseThrow())));
    }
    List<String> doubts = new ArrayList<>();
    if (shownBy.isEmpty()) {
      doubts.add("nothing else shows it");
    }
    long unrelated =
        all.stream()
            .filter(other ->
                other.isLike(first) && !times.areLinked(other.part.service(), part.service()))
            .map(other -> other.part.service() + " " + other.part.operation())
            .distinct()
            .count();
    if (unrelated >= SURROUNDINGS) {
      doubts.add("operations that have nothing to do with it did the same");
    }
    return new RegimeChange(
        part.service(),
        part.operation(),
        part.what(),
        new RegimeChange.Since(
            Instant.ofEpochSecond(first.low()),
            Instant.ofEpochSecond(first.blocks.startOf(first.step.at())),
            Instant.ofEpochSecond(first.high())),
        RegimeChange.Ratio.of(first.step),
        response.map(RegimeChange.Ratio::of),
        first.step.z(),
        doubts.isEmpty(),
        deploy(group.isEmpty() ? List.of(first) : group),
        shownBy,
        doubts);
  }

  /** What the operation's responses did at the time of a part. */
  private Optional<Step> whole(Moved moved) {
    Part whole = moved.part.whole();
    return times
        .blocks(whole)
        .flatMap(blocks ->
            new StepScan(blocks.logs(), times.load(whole, blocks), 0, blocks.seconds())
                .at(blocks.at(moved.blocks.startOf(moved.step.at()))));
  }

  /** The deploy of a service of the group, or of one that it calls, at the time of its onset. */
  private Optional<String> deploy(List<Moved> group) {
    for (Moved moved : group) {
      for (Event deploy : deploys) {
        long at = deploy.at().getEpochSecond();
        if (at >= moved.low() - moved.blocks.seconds()
            && at <= moved.high()
            && times.areLinked(moved.part.service(), deploy.subject())) {
          String version = deploy.attributes().getOrDefault("version", "");
          return Optional.of((deploy.subject() + " " + version).strip());
        }
      }
    }
    return Optional.empty();
  }

  private static String percent(Step step) {
    return String.format(Locale.ROOT, "%+.0f %%", 100 * Math.expm1(step.size()));
  }
}
