package headroom.store;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Looks up series of a history by who reported them and what they are about. */
public final class SeriesIndex {
  private final History history;

  public SeriesIndex(History history) {
    this.history = history;
  }

  /** One thing (a pool, a processor) of one service, and the instances that have it. */
  public record Thing(String service, String subject, List<String> instances) {
    public Thing {
      instances = List.copyOf(instances);
    }
  }

  /** The things that any of these measures is about, in the order in which they are met. */
  public List<Thing> things(Measure... measures) {
    Map<List<String>, List<String>> instances = new LinkedHashMap<>();
    for (Measure measure : measures) {
      for (Series series : history.of(measure)) {
        SeriesKey key = series.key();
        List<String> known =
            instances.computeIfAbsent(
                List.of(key.service(), key.subject()), unused -> new ArrayList<>());
        if (!series.windows().isEmpty() && !known.contains(key.instance())) {
          known.add(key.instance());
        }
      }
    }
    return instances.entrySet().stream()
        .map(e -> new Thing(e.getKey().get(0), e.getKey().get(1), List.copyOf(e.getValue())))
        .toList();
  }

  /** The series of a thing at one instance. */
  public List<Series> at(Measure measure, Thing thing, String instance) {
    return select(measure, key -> isAbout(key, thing) && key.instance().equals(instance));
  }

  /** The series of a thing at all instances. */
  public List<Series> everywhere(Measure measure, Thing thing) {
    return select(measure, key -> isAbout(key, thing));
  }

  /** The series of a service, whatever they are about. */
  public List<Series> ofService(Measure measure, String service) {
    return select(measure, key -> key.service().equals(service));
  }

  /** The series of an instance, whatever they are about. */
  public List<Series> ofInstance(Measure measure, String service, String instance) {
    return select(measure, key -> key.service().equals(service) && key.instance().equals(instance));
  }

  private static boolean isAbout(SeriesKey key, Thing thing) {
    return key.service().equals(thing.service) && key.subject().equals(thing.subject);
  }

  private List<Series> select(Measure measure, Predicate<SeriesKey> wanted) {
    return history.of(measure).stream().filter(series -> wanted.test(series.key())).toList();
  }

  /** All windows of all parts as one cell. */
  public static Cell total(List<Series> parts) {
    Cell total = new Cell();
    parts.forEach(part -> total.merge(part.total()));
    return total;
  }

  /** The latest sample of a level, added up over its series; empty when none is above zero. */
  public static OptionalDouble latest(List<Series> parts) {
    double sum = 0;
    for (Series part : parts) {
      if (!part.windows().isEmpty()) {
        sum += part.windows().getLast().cell().last();
      }
    }
    return sum > 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }
}
