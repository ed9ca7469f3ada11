package headroom.plan.yaml;

import headroom.model.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML nodes and collects what is wrong with them, each with line and column, so that all
 * mistakes are found in one go.
 */
public final class Yaml {
  /** Begins the name of a mark that is no place in the text, and is told instead of one. */
  public static final String OUTSIDE = "--set ";

  private static final int MAX_CODE_POINTS = 10_000_000;

  private final List<Problem> problems = new ArrayList<>();

  /**
   * The root of a document.
   *
   * @param what the text is, such as {@code the plan}
   * @throws ProblemException when it is no YAML, or empty
   */
  public static Node document(String text, String what) {
    return compose(text)
        .orElseThrow(() -> new ProblemException(List.of(new Problem(1, 1, what + " is empty"))));
  }

  /**
   * The root of a document that may be empty.
   *
   * @throws ProblemException when it is no YAML
   */
  public static Optional<Node> compose(String text) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_CODE_POINTS).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
      int column = e.getProblemMark().map(m -> m.getColumn() + 1).orElse(1);
      throw new ProblemException(
          List.of(new Problem(line, column, "this is no YAML: " + e.getProblem())));
    } catch (YamlEngineException e) {
      throw new ProblemException(List.of(new Problem(1, 1, "this is no YAML: " + e.getMessage())));
    }
  }

  /** What was found wrong so far, in the order of the text. */
  public List<Problem> problems() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /** Something is wrong at a node. */
  public void problem(Node at, String message) {
    problem(at, 0, message);
  }

  /** A problem so many characters after a node's beginning. */
  public void problem(Node at, int offset, String message) {
    Optional<Mark> mark = at.getStartMark();
    if (mark.map(Mark::getName).orElse("").startsWith(OUTSIDE)) {
      problem(mark.get().getName() + ": " + message);
      return;
    }
    problems.add(
        new Problem(
            mark.map(m -> m.getLine() + 1).orElse(0),
            mark.map(m -> m.getColumn() + 1 + offset).orElse(0),
            message));
  }

  /** A problem that has no place in the text. */
  public void problem(String message) {
    problems.add(Problem.of(message));
  }

  /** The entries of a mapping by key, in order; a problem and nothing when it is none. */
  public Map<String, Entry> entries(Node node, String what) {
    var entries = new LinkedHashMap<String, Entry>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, what + " must be a mapping of keys to values");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        var entry = new Entry(key, tuple.getValueNode());
        if (entries.putIfAbsent(key.getValue(), entry) != null) {
          problem(key, "%s is there twice".formatted(key.getValue()));
        }
      } else {
        problem(tuple.getKeyNode(), "a key must be a word");
      }
    }
    return entries;
  }

  /** The mapping that is left without these keys, at the same place of the text. */
  public static MappingNode without(MappingNode mapping, Set<String> keys) {
    List<NodeTuple> others =
        mapping.getValue().stream()
            .filter(tuple ->
                !(tuple.getKeyNode() instanceof ScalarNode key && keys.contains(key.getValue())))
            .toList();
    return new MappingNode(
        mapping.getTag(),
        true,
        others,
        mapping.getFlowStyle(),
        mapping.getStartMark(),
        mapping.getEndMark());
  }

  /** A key with its value. */
  public record Entry(ScalarNode key, Node value) {}

  /** As {@link #entries}, with a problem for every key that is not known. */
  public Map<String, Entry> entries(Node node, String what, Set<String> known) {
    Map<String, Entry> entries = entries(node, what);
    entries.forEach((key, entry) -> {
      if (!known.contains(key)) {
        problem(entry.key(), unknown(key, what, known));
      }
    });
    return entries;
  }

  /** Says that a key is not known, and which one may be meant. */
  public static String unknown(String key, String what, Set<String> known) {
    return Spelling.nearest(key, known)
        .map(near -> "unknown key '%s' in %s: did you mean '%s'?".formatted(key, what, near))
        .orElseGet(() ->
            "unknown key '%s' in %s: there are %s"
                .formatted(key, what, String.join(", ", known.stream().sorted().toList())));
  }

  /** The elements of a sequence; a problem and nothing when it is none. */
  public List<Node> sequence(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problem(node, what + " must be a list");
    return List.of();
  }

  /** The text of a scalar; a problem and empty when it is none. */
  public Optional<String> text(Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problem(node, what + " must be a single value");
    return Optional.empty();
  }

  /** A scalar read by something that throws {@link IllegalArgumentException} for a bad value. */
  public <T> Optional<T> value(Node node, String what, Function<String, T> read) {
    Optional<String> text = text(node, what);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return attempt(node, () -> read.apply(text.get()));
  }

  /** As {@link #value}, for a key that may be absent. */
  public <T> Optional<T> value(@Nullable Entry entry, Function<String, T> read) {
    return entry == null ? Optional.empty() : value(entry.value(), entry.key().getValue(), read);
  }

  /** As {@link #value}, for a key that must be there. */
  public <T> Optional<T> required(
      Node parent, Map<String, Entry> entries, String key, String what, Function<String, T> read) {
    Entry entry = entries.get(key);
    if (entry == null) {
      problem(parent, "%s needs '%s'".formatted(what, key));
      return Optional.empty();
    }
    return value(entry, read);
  }

  /** What is computed, or a problem with the message of its exception. */
  public <T> Optional<T> attempt(Node at, java.util.function.Supplier<T> compute) {
    try {
      return Optional.of(compute.get());
    } catch (IllegalArgumentException e) {
      problem(at, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
