package headroom.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is wrong with a file, each kind once: where it was found first, and how often. Faults are of
 * one kind when they differ only in numbers and in what is quoted.
 */
final class Problems {
  private static final Pattern PARTICULAR = Pattern.compile("'[^']*'|\"[^\"]*\"|[0-9][0-9,.]*");

  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  private record Kind(String first, long count) {
    Kind again() {
      return new Kind(first, count + 1);
    }
  }

  void add(String place, String what) {
    String kind = PARTICULAR.matcher(what).replaceAll("#");
    Kind known = kinds.get(kind);
    if (known != null) {
      kinds.put(kind, known.again());
    } else if (kinds.size() < RecordingContents.MAX_PROBLEMS) {
      kinds.put(kind, new Kind(place + ": " + what, 1));
    }
  }

  /** One sentence for each kind. */
  List<String> told() {
    return kinds.values().stream()
        .map(kind ->
            kind.count == 1
                ? kind.first
                : "%s (and %,d more like it in this file)".formatted(kind.first, kind.count - 1))
        .toList();
  }
}
