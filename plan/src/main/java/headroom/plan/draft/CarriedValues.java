package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the target made up in one answer and a later request sends back: tokens, ids, hidden
 * fields of forms. Such a value is saved where it first comes and put in where it is used; a value
 * that an earlier request had sent is the user's own and stays.
 */
final class CarriedValues {
  /** A value this long is one wherever it stands, a shorter one only when it stands alone. */
  private static final int LONG = 16;

  private static final int LONGEST = 4_096;

  private final List<Recorded> exchanges;
  private final List<Map<String, Answers.Place>> answers = new ArrayList<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>(Set.of("user", "uuid", "random"));
  private final Map<String, Integer> firstSent = new HashMap<>();

  /**
   * A value that is carried over.
   *
   * @param step the exchange whose answer has it
   */
  record Link(int step, String name, String value, Answers.Place place) {}

  CarriedValues(List<Recorded> exchanges) {
    this.exchanges = exchanges;
    for (int step = 0; step < exchanges.size(); step++) {
      Recorded exchange = exchanges.get(step);
      answers.add(Answers.values(exchange));
      for (Requests.Part part : Requests.parts(exchange)) {
        link(step, part);
      }
      for (Requests.Part part : Requests.parts(exchange)) {
        firstSent.putIfAbsent(part.value(), step);
      }
    }
  }

  private void link(int step, Requests.Part part) {
    String value = part.value();
    if (links.containsKey(value) || !looksMade(value)) {
      return;
    }
    for (int before = 0; before < step; before++) {
      if (firstSent.getOrDefault(value, Integer.MAX_VALUE) <= before) {
        return;
      }
      Answers.Place place = answers.get(before).get(value);
      if (place == null) {
        place = Answers.search(exchanges.get(before), value);
      }
      if (place != null && isConvincing(value, place, part)) {
        links.put(value, new Link(before, unique(name(place, part, before)), value, place));
        return;
      }
    }
  }

  /** Neither a word that a person chose nor a date. */
  private static boolean looksMade(String value) {
    return value.length() <= LONGEST
        && value.chars().noneMatch(Character::isWhitespace)
        && (value.chars().anyMatch(Character::isDigit) ? value.length() >= 3 : value.length() >= 20)
        && !value.matches("\\d{4}-\\d\\d(-\\d\\d.*)?");
  }

  /**
   * A short number may be an amount or a page: it takes a name that says it identifies something.
   */
  private static boolean isConvincing(String value, Answers.Place place, Requests.Part part) {
    if (!value.matches("-?[\\d.]{1,8}")) {
      return value.length() >= 4 || place.namesAnIdentifier();
    }
    return place.namesAnIdentifier() && (part.isPath() || Answers.namesAnIdentifier(part.name()));
  }

  private String name(Answers.Place place, Requests.Part part, int step) {
    String own = place.name();
    if (own.matches("(?i)id|uuid|key|number|ref|value|")) {
      String parent = place.parent().isEmpty() ? singular(lastWord(step)) : place.parent();
      own = own.isEmpty() ? part.name() : parent + "_" + own;
    }
    String clean = own.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
    return clean.matches("[A-Za-z_].*") ? clean : "value_" + clean;
  }

  /** The last segment of a path that is a word. */
  private String lastWord(int step) {
    String word = "answer";
    for (String segment : String.valueOf(exchanges.get(step).uri().getPath()).split("/")) {
      if (segment.matches("[A-Za-z][A-Za-z_-]*")) {
        word = segment;
      }
    }
    return word;
  }

  static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  private String unique(String name) {
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  /** What an answer's step has to save. */
  List<Link> savedBy(int step) {
    return links.values().stream().filter(link -> link.step() == step).toList();
  }

  int size() {
    return links.size();
  }

  /** Whether a value of a request is carried over from an earlier answer. */
  @Nullable Link carried(int step, String value) {
    Link link = links.get(value);
    return link != null && link.step() < step ? link : null;
  }

  /** A text of a request with variables for what is carried over, nothing else being one. */
  String fill(int step, String text) {
    Link whole = carried(step, text);
    if (whole != null) {
      return "${" + whole.name() + "}";
    }
    for (Link link : links.values()) {
      int at =
          link.value().length() >= LONG && link.step() < step ? text.indexOf(link.value()) : -1;
      if (at >= 0) {
        return fill(step, text.substring(0, at))
            + "${"
            + link.name()
            + "}"
            + fill(step, text.substring(at + link.value().length()));
      }
    }
    return PlanText.literal(text);
  }

  /** Whether anything in a text is carried over. */
  boolean touches(int step, String text) {
    return !fill(step, text).equals(PlanText.literal(text));
  }

  /** A JSON value of a request; a number that is carried over stays one. */
  String fill(int step, JsonNode scalar) {
    Link link = carried(step, scalar.asText());
    if (link != null && scalar.isNumber()) {
      return "${" + link.name() + ":number}";
    }
    return fill(step, scalar.asText());
  }
}
