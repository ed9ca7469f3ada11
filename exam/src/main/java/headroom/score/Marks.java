package headroom.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of an examination, for machines and for readers.
 *
 * @param figures for machines, by their place in the document: numbers, texts, or maps of these;
 *     numbers that are not finite mean that there is nothing to say
 * @param head of the table for readers
 * @param rows of the table, each as long as its head
 * @param notes below the table
 * @param each a line for each case
 */
public record Marks(
    Map<String, Object> figures,
    List<String> head,
    List<List<String>> rows,
    List<String> notes,
    List<String> each) {
  public Marks {
    figures = new LinkedHashMap<>(figures);
    head = List.copyOf(head);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    each = List.copyOf(each);
    for (List<String> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException(
            "a row must be as long as its head, got %s and %s".formatted(row, head));
      }
    }
  }

  /** A share or a relative error for readers; a dash when there is none. */
  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "-";
  }

  /** The same with its sign. */
  static String signedPercent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%+.1f %%", 100 * share) : "-";
  }

  static Builder table(String... head) {
    return new Builder(List.of(head));
  }

  /** Gathers them row by row. */
  static final class Builder {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> each = new ArrayList<>();

    private Builder(List<String> head) {
      this.head = head;
    }

    Builder row(String... cells) {
      rows.add(List.of(cells));
      return this;
    }

    Builder figures(String name, Map<String, ?> values) {
      figures.put(name, values);
      return this;
    }

    Builder note(String line) {
      notes.add(line);
      return this;
    }

    /** A line for each of these. */
    Builder each(List<?> results) {
      results.forEach(result -> each.add(result.toString()));
      return this;
    }

    Marks build() {
      return new Marks(figures, head, rows, notes, each);
    }
  }
}
