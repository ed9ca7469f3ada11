package headroom.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with a place for every value: what a user's variables hold is bound to these places
 * and never becomes part of the text.
 *
 * <pre>
 *   SELECT balance FROM account WHERE id = ${customer} AND name = 'a''b'
 *   text        SELECT balance FROM account WHERE id = ? AND name = 'a''b'
 *   variables   [customer]
 * </pre>
 *
 * @param text in SQL, a question mark for each value
 * @param variables the names of the values, in their order
 * @param source as it was written
 */
public record SqlText(String text, List<String> variables, String source) {
  public SqlText {
    variables = List.copyOf(variables);
  }

  /**
   * Reads <code>${name}</code> as a value.
   *
   * @throws IllegalArgumentException when a value stands within quotes or a comment, or one of
   *     these is not closed
   */
  public static SqlText parse(String source) {
    var variables = new ArrayList<String>();
    var text = new StringBuilder();
    var scanner = new Scanner();
    for (Template.Part part : Template.parse(source, Template.Escape.NONE).parts()) {
      switch (part) {
        case Template.Literal literal -> {
          scanner.read(literal.text());
          text.append(literal.text());
        }
        case Template.Variable variable -> {
          if (scanner.within != Within.CODE) {
            throw new IllegalArgumentException(
                "${%s} stands within %s, but values are bound, not spliced in: write 'user-' || ${user} for 'user-${user}'"
                    .formatted(variable.name(), scanner.within.label));
          }
          variables.add(variable.name());
          text.append('?');
        }
        case Template.Raw bytes ->
            throw new IllegalArgumentException("a statement is text, not the bytes of a file");
      }
    }
    if (scanner.within != Within.CODE && scanner.within != Within.LINE) {
      throw new IllegalArgumentException("%s is not closed".formatted(scanner.within.label));
    }
    if (text.toString().isBlank()) {
      throw new IllegalArgumentException("a statement must not be empty");
    }
    return new SqlText(text.toString().strip(), variables, source.strip());
  }

  private enum Within {
    CODE(""),
    SINGLE("single quotes"),
    DOUBLE("double quotes"),
    DOLLARS("dollar quotes"),
    LINE("a comment"),
    BLOCK("a comment");

    private final String label;

    Within(String label) {
      this.label = label;
    }
  }

  /** Follows quotes and comments through a statement. */
  private static final class Scanner {
    private Within within = Within.CODE;
    private String tag = "";

    void read(String sql) {
      int at = 0;
      while (at < sql.length()) {
        at = next(sql, at);
      }
    }

    private int next(String sql, int at) {
      return switch (within) {
        case CODE -> code(sql, at);
        case SINGLE -> until(sql, at, "'");
        case DOUBLE -> until(sql, at, "\"");
        case LINE -> until(sql, at, "\n");
        case BLOCK -> until(sql, at, "*/");
        case DOLLARS -> until(sql, at, tag);
      };
    }

    private int until(String sql, int at, String end) {
      int found = sql.indexOf(end, at);
      if (found < 0) {
        return sql.length();
      }
      within = Within.CODE;
      return found + end.length();
    }

    private int code(String sql, int at) {
      char c = sql.charAt(at);
      if (c == '?') {
        throw new IllegalArgumentException(
            "a ? outside quotes would stand for a value: write values as ${name}");
      }
      if (c == '\'') {
        within = Within.SINGLE;
      } else if (c == '"') {
        within = Within.DOUBLE;
      } else if (sql.startsWith("--", at)) {
        within = Within.LINE;
        return at + 2;
      } else if (sql.startsWith("/*", at)) {
        within = Within.BLOCK;
        return at + 2;
      } else if (c == '$') {
        return dollar(sql, at);
      }
      return at + 1;
    }

    /** {@code $$} or {@code $tag$} begins a quote that the same ends. */
    private int dollar(String sql, int at) {
      int end = at + 1;
      while (end < sql.length()
          && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
        end++;
      }
      if (end == sql.length() || sql.charAt(end) != '$') {
        return at + 1;
      }
      within = Within.DOLLARS;
      tag = sql.substring(at, end + 1);
      return end + 1;
    }
  }
}
