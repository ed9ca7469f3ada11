package headroom.detect;

import static headroom.detect.Words.format;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A process that ends soon after its start and is started again, many times over: between its lives
 * nobody serves, and what it held is lost each time.
 *
 * <pre>
 *   w-1  ■■■■■■■■■■■■■■■■■■■■■■■■■
 *   w-2  ■■■·····················      seen as instances that follow each other, each of which came
 *   w-3  ····■■■·················      and went within the history after a short life
 *   w-4  ·········■■■············
 *   w-5  ··················■■····
 * </pre>
 *
 * Instances that were there before, or are still there, say nothing. So neither a rolling deploy is
 * found, whose instances stay, nor one that scales out and in, whose instances stand side by side.
 */
final class RestartLoop implements Detector {
  private static final long WITHIN_SECONDS = 6 * 3_600;
  private static final long SHORT_LIFE_SECONDS = 900;

  /** Schedulers double the pause before they start a process again, up to five minutes. */
  private static final long LONGEST_PAUSE_SECONDS = 600;

  /** Not heard of for so long, an instance has ended; reports come once a minute at least. */
  private static final long SILENCE_SECONDS = 180;

  private static final int FEWEST_LIVES = 5;

  /** More loops at a time than these are a service that is run in short lives. */
  private static final int MOST_LOOPS = 3;

  /** From the first to the last window in which an instance was heard of. */
  private record Life(String instance, long first, long last) {
    Life with(Life other) {
      return new Life(instance, Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  @Override
  public List<Finding> detect(Observation observation) {
    Map<String, Map<String, Life>> services = new TreeMap<>();
    for (List<Series> ofMeasure : observation.history().series().values()) {
      for (Series series : ofMeasure) {
        String instance = series.key().instance();
        if (!instance.isEmpty()) {
          var lives = services.computeIfAbsent(series.key().service(), unused -> new HashMap<>());
          for (Series.Window window : series.windows()) {
            if (window.cell().count() > 0) {
              var heard = new Life(instance, window.start(), window.start());
              lives.merge(instance, heard, Life::with);
            }
          }
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    services.forEach((service, lives) -> {
      // What serves nobody is a job, which may end whenever it is done.
      if (!observation.index().ofService(Measure.OPERATION, service).isEmpty()
          || !observation.index().ofService(Measure.SERVER_DURATION, service).isEmpty()) {
        judge(observation, service, List.copyOf(lives.values()), findings);
      }
    });
    return findings;
  }

  private static void judge(
      Observation observation, String service, List<Life> lives, List<Finding> findings) {
    List<List<Life>> loops = loops(observation, lives);
    List<Life> longest =
        loops.stream().max(Comparator.comparingInt(List::size)).orElseGet(List::of);
    if (longest.isEmpty() || loops.size() > MOST_LOOPS) {
      return;
    }
    // Each deploy may explain one: somebody tries until it works.
    long deploys =
        observation.history().events().stream()
            .filter(event -> isDeployDuring(event, service, longest))
            .count();
    boolean isNow =
        longest.getLast().last()
            >= end(observation, lives) - SHORT_LIFE_SECONDS - LONGEST_PAUSE_SECONDS;
    if (isNow && longest.size() - deploys >= FEWEST_LIVES) {
      findings.add(finding(observation, service, longest, loops.size()));
    }
  }

  /** Short lives one after the other, each in the loop whose last one had ended just before. */
  private static List<List<Life>> loops(Observation observation, List<Life> lives) {
    long begin = lives.stream().mapToLong(Life::first).min().orElse(0);
    long end = end(observation, lives);
    List<Life> brief =
        lives.stream()
            .filter(life -> life.first() > Math.max(begin, end - WITHIN_SECONDS))
            .filter(life -> end - life.last() > silence(observation))
            .filter(life -> life.last() - life.first() <= SHORT_LIFE_SECONDS)
            .sorted(Comparator.comparingLong(Life::first).thenComparing(Life::instance))
            .toList();
    List<List<Life>> loops = new ArrayList<>();
    for (Life life : brief) {
      loops.stream()
          .filter(loop -> follows(loop.getLast(), life))
          .max(Comparator.comparingLong(loop -> loop.getLast().last()))
          .ifPresentOrElse(loop -> loop.add(life), () -> loops.add(new ArrayList<>(List.of(life))));
    }
    return loops;
  }

  /** In rows that are longer than a life both may be seen in the same one. */
  private static boolean follows(Life before, Life after) {
    return after.first() > before.first()
        && after.first() >= before.last()
        && after.first() - before.last() <= LONGEST_PAUSE_SECONDS;
  }

  private static long silence(Observation observation) {
    return Math.max(SILENCE_SECONDS, observation.windowSeconds());
  }

  private static long end(Observation observation, List<Life> lives) {
    return Math.max(observation.recentFrom(), lives.stream().mapToLong(Life::last).max().orElse(0));
  }

  private static boolean isDeployDuring(Event event, String service, List<Life> loop) {
    long at = event.at().getEpochSecond();
    return event.kind().equals("deploy")
        && event.subject().equals(service)
        && at >= loop.getFirst().first() - LONGEST_PAUSE_SECONDS
        && at <= loop.getLast().last();
  }

  private static Finding finding(
      Observation observation, String service, List<Life> loop, int loops) {
    double window = observation.windowSeconds();
    double span = loop.getLast().last() - loop.getFirst().first() + window;
    double lived =
        loop.stream()
            .mapToDouble(life -> life.last() - life.first() + window)
            .sorted()
            .toArray()[loop.size() / 2];
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Charts.number("processes that ended soon", loop.size(), "processes"));
    evidence.add(Charts.number("median life, to within a row of the history", lived, "s"));
    if (loops > 1) {
      evidence.add(Charts.number("at a time", loops, "processes"));
    }
    return new Finding(
        Words.id(Kind.RESTART, service),
        Kind.RESTART,
        service,
        Severity.WARNING,
        null,
        null,
        format(
            "%d processes of it began and ended one after the other within %s, each after %s or"
                + " less",
            loop.size(),
            Words.seconds(span),
            Words.seconds(
                loop.stream().mapToLong(life -> life.last() - life.first()).max().orElse(0)
                    + window)),
        List.of(),
        evidence,
        format(
            "See why %s ended: the last lines of its log, its exit code, the memory it was allowed;"
                + " what it reports while it starts is not its usual load.",
            loop.getLast().instance()));
  }
}
