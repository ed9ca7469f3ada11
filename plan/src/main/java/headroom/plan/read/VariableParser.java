package headroom.plan.read;

import headroom.plan.Feeder;
import headroom.plan.Template;
import headroom.plan.ValueSource;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads where the values of a plan's variables come from. */
final class VariableParser {
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");

  private final Yaml yaml;
  private final Path folder;

  /**
   * @param folder from which the paths of files are meant
   */
  VariableParser(Yaml yaml, Path folder) {
    this.yaml = yaml;
    this.folder = folder;
  }

  /** A range such as {@code 1..1000}, or a list to choose from. */
  Map<String, ValueSource> variables(@Nullable Entry entry) {
    var variables = new LinkedHashMap<String, ValueSource>();
    if (entry != null) {
      yaml.entries(entry.value(), "variables")
          .forEach((name, source) ->
              yaml.attempt(source.key(), () -> Template.checkName(name))
                  .flatMap(checked -> valueSource(source))
                  .ifPresent(value -> variables.put(name, value)));
    }
    return variables;
  }

  /** The columns of files. */
  Map<String, ValueSource> feeders(@Nullable Entry entry) {
    var variables = new LinkedHashMap<String, ValueSource>();
    if (entry != null) {
      yaml.entries(entry.value(), "feeders")
          .forEach((name, source) -> feeder(name, source).ifPresent(variables::putAll));
    }
    return variables;
  }

  private Optional<Map<String, ValueSource>> feeder(String name, Entry source) {
    Map<String, Entry> entries = yaml.entries(source.value(), "a feeder", Set.of("file", "order"));
    Optional<String> file =
        yaml.required(source.value(), entries, "file", "a feeder", text -> text);
    Feeder.Order order =
        yaml.value(entries.get("order"), VariableParser::order).orElse(Feeder.Order.RANDOM);
    return file.flatMap(path ->
        yaml.attempt(
            source.value(), () -> DataFiles.read(name, folder.resolve(path), order).variables()));
  }

  private static Feeder.Order order(String text) {
    return switch (text) {
      case "random" -> Feeder.Order.RANDOM;
      case "circular" -> Feeder.Order.CIRCULAR;
      case "unique" -> Feeder.Order.UNIQUE;
      default ->
          throw new IllegalArgumentException(
              "order must be random, circular or unique, got '" + text + "'");
    };
  }

  private Optional<ValueSource> valueSource(Entry source) {
    if (source.value() instanceof SequenceNode list) {
      var values = new ArrayList<String>();
      list.getValue().forEach(node -> yaml.text(node, "a value").ifPresent(values::add));
      return yaml.attempt(source.value(), () -> new ValueSource.OneOf(values));
    }
    return yaml.value(
        source,
        text -> {
          Matcher range = RANGE.matcher(text);
          return range.matches()
              ? new ValueSource.IntegerBetween(
                  Long.parseLong(range.group(1)), Long.parseLong(range.group(2)))
              : new ValueSource.OneOf(List.of(text));
        });
  }
}
