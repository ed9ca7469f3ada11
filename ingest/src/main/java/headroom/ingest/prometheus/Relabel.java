package headroom.ingest.prometheus;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One rule for labels, meaning what the same rule of Prometheus' {@code metric_relabel_configs}
 * means.
 *
 * @param sources whose values, joined by {@code separator}, are matched
 * @param regex must match all of it
 * @param target the label that {@link Action#REPLACE} and the changes of case write
 * @param replacement what is written, with {@code $1} or {@code ${name}} for groups of the regex
 */
public record Relabel(
    Action action,
    List<String> sources,
    String separator,
    Pattern regex,
    String target,
    String replacement) {
  /** What a rule does. */
  public enum Action {
    REPLACE,
    KEEP,
    DROP,
    LABELMAP,
    LABELDROP,
    LABELKEEP,
    LOWERCASE,
    UPPERCASE;

    /** Whether it writes one label. */
    boolean hasTarget() {
      return this == REPLACE || this == LOWERCASE || this == UPPERCASE;
    }
  }

  /** Defaults of Prometheus where a rule says nothing. */
  public static final String ANYTHING = "(.*)";

  public static final String FIRST_GROUP = "$1";

  public Relabel {
    sources = List.copyOf(sources);
    if (action.hasTarget() == target.isEmpty()) {
      throw new IllegalArgumentException(
          action.name().toLowerCase(Locale.ROOT)
              + (target.isEmpty() ? " needs a target_label" : " has no use for a target_label"));
    }
    try {
      if (action == Action.REPLACE || action == Action.LABELMAP) {
        var unused = expand(Pattern.compile(regex.pattern() + "|").matcher(""), replacement);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(
          "replacement '%s' names a group that the regex does not have".formatted(replacement),
          wrong);
    }
  }

  /** Changes the labels; false when the series is to be left out. */
  boolean apply(SortedMap<String, String> labels) {
    switch (action) {
      case REPLACE -> {
        Matcher matcher = regex.matcher(joined(labels));
        if (matcher.matches()) {
          put(labels, target, expand(matcher, replacement));
        }
      }
      case KEEP -> {
        return regex.matcher(joined(labels)).matches();
      }
      case DROP -> {
        return !regex.matcher(joined(labels)).matches();
      }
      case LABELMAP -> {
        for (Map.Entry<String, String> label : List.copyOf(labels.entrySet())) {
          Matcher matcher = regex.matcher(label.getKey());
          if (matcher.matches()) {
            put(labels, expand(matcher, replacement), label.getValue());
          }
        }
      }
      case LABELDROP -> labels.keySet().removeIf(name -> isOther(name) && matches(name));
      case LABELKEEP -> labels.keySet().removeIf(name -> isOther(name) && !matches(name));
      case LOWERCASE -> put(labels, target, joined(labels).toLowerCase(Locale.ROOT));
      case UPPERCASE -> put(labels, target, joined(labels).toUpperCase(Locale.ROOT));
    }
    return true;
  }

  /** Whether it can change what a metric is called. */
  boolean mayRename() {
    return action == Action.LABELMAP || target.equals(Labels.NAME);
  }

  private boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  /** Without its name a series would be nothing. */
  private static boolean isOther(String name) {
    return !name.equals(Labels.NAME);
  }

  private String joined(Map<String, String> labels) {
    return sources.stream()
        .map(name -> labels.getOrDefault(name, ""))
        .collect(Collectors.joining(separator));
  }

  /** A label without a value is none. */
  private static void put(Map<String, String> labels, String name, String value) {
    if (value.isEmpty()) {
      labels.remove(name);
    } else if (!name.isEmpty()) {
      labels.put(name, value);
    }
  }

  /** The template with the groups of a match; {@code $$} is a dollar, as in Prometheus. */
  private static String expand(Matcher matcher, String template) {
    var text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        text.append(c);
        at++;
        continue;
      }
      char next = template.charAt(at + 1);
      if (next == '$') {
        text.append('$');
        at += 2;
        continue;
      }
      int from = next == '{' ? at + 2 : at + 1;
      int to = from;
      while (to < template.length() && isNamePart(template.charAt(to))) {
        to++;
      }
      if (to == from || (next == '{' && (to == template.length() || template.charAt(to) != '}'))) {
        text.append(c);
        at++;
        continue;
      }
      text.append(group(matcher, template.substring(from, to)));
      at = next == '{' ? to + 1 : to;
    }
    return text.toString();
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String group(Matcher matcher, String name) {
    boolean numbered = name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!matcher.matches()) {
      throw new IllegalArgumentException("there is no match to take a group of");
    }
    String value = numbered ? matcher.group(Integer.parseInt(name)) : matcher.group(name);
    return value == null ? "" : value;
  }

  @Override
  public String toString() {
    return "%s %s %s -> %s %s".formatted(action, sources, regex, target, replacement);
  }
}
