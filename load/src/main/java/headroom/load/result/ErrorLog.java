package headroom.load.result;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Failures by kind: how many, and what the first of them said. Not safe for several threads. */
public final class ErrorLog {
  /** How many different details are kept of each kind. */
  public static final int MAX_SAMPLES = 5;

  private static final int MAX_DETAIL = 200;

  private final Map<ErrorKind, Kept> kinds = new EnumMap<>(ErrorKind.class);

  /** The failures of one kind; samples are details with how often each was seen. */
  public record Entry(ErrorKind kind, long count, Map<String, Long> samples) {}

  private static final class Kept {
    private long count;
    private final Map<String, Long> samples = new TreeMap<>();
  }

  public void add(ErrorKind kind, String detail) {
    add(kind, detail, 1);
  }

  private void add(ErrorKind kind, String detail, long times) {
    Kept kept = kinds.computeIfAbsent(kind, k -> new Kept());
    kept.count += times;
    sample(kept, detail, times);
  }

  private static void sample(Kept kept, String detail, long times) {
    String cut = printable(detail);
    if (kept.samples.size() < MAX_SAMPLES || kept.samples.containsKey(cut)) {
      kept.samples.merge(cut, times, Long::sum);
    }
  }

  /** Details may hold what a target sent: nothing in them may steer a terminal. */
  private static String printable(String detail) {
    String cut = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  public void merge(ErrorLog other) {
    other.kinds.forEach((kind, theirs) -> {
      Kept ours = kinds.computeIfAbsent(kind, k -> new Kept());
      ours.count += theirs.count;
      theirs.samples.forEach((detail, times) -> sample(ours, detail, times));
    });
  }

  /** Kinds that were seen, in the order of the enumeration. */
  public List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    kinds.forEach(
        (kind, kept) -> entries.add(new Entry(kind, kept.count, new TreeMap<>(kept.samples))));
    return entries;
  }

  /** How many failures of that kind there were. */
  public long count(ErrorKind kind) {
    Kept kept = kinds.get(kind);
    return kept == null ? 0 : kept.count;
  }

  /** How many failures there were. */
  public long total() {
    return kinds.values().stream().mapToLong(kept -> kept.count).sum();
  }
}
