package headroom.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A path into a JSON document: {@code $.account.cards[0].id}, {@code $['odd name']}, and to several
 * values with {@code $.items[*].id} and {@code $..id}.
 *
 * @param elements names and indexes from the root to the value
 */
public record JsonPath(List<Element> elements) {
  /** One level down. */
  public sealed interface Element {}

  public record Name(String name) implements Element {}

  public record Index(int index) implements Element {}

  /** Every element of a list, every value of an object. */
  public record All() implements Element {}

  /** The values of that name at any depth; within such a value it is not looked for again. */
  public record Deep(String name) implements Element {}

  public JsonPath {
    elements = List.copyOf(elements);
  }

  /**
   * Reads names after dots and names, indexes or {@code *} in brackets; no filters.
   *
   * @throws IllegalArgumentException when the text is no such path
   */
  public static JsonPath parse(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("a JSON path must begin with $, got '" + text + "'");
    }
    var elements = new ArrayList<Element>();
    int at = 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end;
      if (text.startsWith("..", at)) {
        end = nameEnd(text, at + 2);
        elements.add(new Deep(text.substring(at + 2, end)));
        if (end == at + 2) {
          throw unsupported(text, at);
        }
      } else if (text.startsWith(".*", at)) {
        end = at + 2;
        elements.add(new All());
      } else if (c == '.') {
        end = nameEnd(text, at + 1);
        elements.add(new Name(text.substring(at + 1, end)));
        if (end == at + 1) {
          throw unsupported(text, at);
        }
      } else if (c == '[') {
        int close = text.indexOf(']', at);
        if (close < 0) {
          throw unsupported(text, at);
        }
        elements.add(bracket(text, at, text.substring(at + 1, close)));
        end = close + 1;
      } else {
        throw unsupported(text, at);
      }
      at = end;
    }
    return new JsonPath(elements);
  }

  /** Whether it leads to one value at most. */
  public boolean isDefinite() {
    // Asked for every answer: no stream.
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof All || elements.get(i) instanceof Deep) {
        return false;
      }
    }
    return true;
  }

  private static Element bracket(String text, int at, String inside) {
    if (inside.length() >= 2
        && (inside.charAt(0) == '\'' || inside.charAt(0) == '"')
        && inside.charAt(inside.length() - 1) == inside.charAt(0)) {
      return new Name(inside.substring(1, inside.length() - 1));
    }
    if (inside.equals("*")) {
      return new All();
    }
    if (inside.matches("[0-9]{1,9}")) {
      return new Index(Integer.parseInt(inside));
    }
    throw unsupported(text, at);
  }

  private static int nameEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
      if (text.charAt(at) == '*') {
        throw unsupported(text, at);
      }
      at++;
    }
    return at;
  }

  private static IllegalArgumentException unsupported(String text, int at) {
    return new IllegalArgumentException(
        "a JSON path may hold .name, ['name'], [0], [*] and ..name, got '%s' at '%s'"
            .formatted(text, text.substring(at)));
  }

  @Override
  public String toString() {
    var text = new StringBuilder("$");
    for (Element element : elements) {
      switch (element) {
        case Name name -> {
          boolean plain = name.name().matches("[A-Za-z0-9_-]+");
          text.append(plain ? "." : "['").append(name.name()).append(plain ? "" : "']");
        }
        case Index index -> text.append('[').append(index.index()).append(']');
        case All all -> text.append("[*]");
        case Deep deep -> text.append("..").append(deep.name());
      }
    }
    return text.toString();
  }
}
