package headroom.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text with the places where a virtual user's variables go: <code>Bearer ${token}</code>. A
 * second dollar sign in front, <code>$${</code>, stands for the two characters themselves.
 */
public record Template(List<Part> parts) {
  /** A piece of a template. */
  public sealed interface Part {}

  public record Literal(String text) implements Part {}

  /** Bytes of a file, each as the character of the same number. */
  public record Raw(String bytes) implements Part {}

  public record Variable(String name, Escape escape) implements Part {}

  /** How a value is written so that it cannot break out of its place. */
  public enum Escape {
    NONE,
    /** Within a JSON string. */
    JSON,
    /** Within a path, a query or a form. */
    PERCENT
  }

  public Template {
    parts = List.copyOf(parts);
  }

  /** A text without variables. */
  public static Template literal(String text) {
    return new Template(text.isEmpty() ? List.of() : List.of(new Literal(text)));
  }

  /**
   * Reads <code>${name}</code> as a variable.
   *
   * @throws IllegalArgumentException when a brace is not closed or a name is none
   */
  public static Template parse(String text, Escape escape) {
    var parts = new ArrayList<Part>();
    var literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("${ is not closed in '" + text + "'");
        }
        flush(literal, parts);
        parts.add(new Variable(checkName(text.substring(at + 2, end)), escape));
        at = end + 1;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    flush(literal, parts);
    return new Template(parts);
  }

  /** The two, one after the other. */
  public Template plus(Template other) {
    var all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new Template(all);
  }

  /** The names of the variables, sorted. */
  public Set<String> variables() {
    var names = new TreeSet<String>();
    for (Part part : parts) {
      if (part instanceof Variable variable) {
        names.add(variable.name());
      }
    }
    return names;
  }

  /** As it was written, near enough to name a step by. */
  public String source() {
    var text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> text.append(literal.text());
        case Variable variable -> text.append("${").append(variable.name()).append('}');
        case Raw raw -> text.append('<').append(raw.bytes().length()).append(" bytes>");
      }
    }
    return text.toString();
  }

  /**
   * The name, which a variable can have.
   *
   * @throws IllegalArgumentException when it cannot
   */
  public static String checkName(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)?")) {
      throw new IllegalArgumentException(
          "a variable's name must be letters, digits, _ or -, maybe after a feeder's name and a"
              + " dot, got '"
              + name
              + "'");
    }
    return name;
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
