package headroom.plan.read;

import headroom.plan.yaml.Yaml;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Puts environment variables into the values of a YAML text: <code>${env.NAME}</code>, or <code>
 * ${env.NAME:-what else}</code> for one that may be missing. A second dollar sign in front keeps it
 * as it is.
 */
final class EnvironmentValues {
  private static final Pattern USE =
      Pattern.compile("(\\$?)\\$\\{env\\.([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

  private final Yaml yaml;
  private final Function<String, Optional<String>> environment;

  /** What became of each node; null while it is being worked on. */
  private final IdentityHashMap<Node, @Nullable Node> done = new IdentityHashMap<>();

  EnvironmentValues(Yaml yaml, Function<String, Optional<String>> environment) {
    this.yaml = yaml;
    this.environment = environment;
  }

  /** The same document with the values in place; a problem for each that is not set. */
  Node in(Node node) {
    Node known = done.get(node);
    if (known != null) {
      return known;
    }
    if (done.containsKey(node)) {
      yaml.problem(node, "an alias must not hold itself");
      return node;
    }
    done.put(node, null);
    Node filled = fill(node);
    done.put(node, filled);
    return filled;
  }

  private Node fill(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        var tuples = new ArrayList<NodeTuple>();
        for (NodeTuple tuple : mapping.getValue()) {
          tuples.add(new NodeTuple(tuple.getKeyNode(), in(tuple.getValueNode())));
        }
        yield Nodes.mapping(mapping, tuples);
      }
      case SequenceNode sequence -> {
        var elements = new ArrayList<Node>();
        for (Node element : sequence.getValue()) {
          elements.add(in(element));
        }
        yield Nodes.sequence(sequence, elements);
      }
      case ScalarNode scalar -> scalar(scalar);
      case AnchorNode anchor -> in(anchor.getRealNode());
      default -> node;
    };
  }

  private Node scalar(ScalarNode node) {
    String text = node.getValue();
    if (!text.contains("${env.")) {
      return node;
    }
    var filled = new StringBuilder();
    Matcher use = USE.matcher(text);
    while (use.find()) {
      String replacement =
          use.group(1).isEmpty() ? value(node, use).replace("${", "$${") : use.group();
      use.appendReplacement(filled, Matcher.quoteReplacement(replacement));
    }
    use.appendTail(filled);
    return Nodes.scalar(node, filled.toString());
  }

  private String value(ScalarNode node, Matcher use) {
    Optional<String> value = environment.apply(use.group(2));
    String fallback = use.group(3);
    if (value.isEmpty() && fallback == null) {
      problem(
          node,
          use.start(),
          "the environment variable %s is not set; ${env.%s:-value} gives it a default"
              .formatted(use.group(2), use.group(2)));
    }
    return value.orElse(fallback == null ? "" : fallback);
  }

  /** In a value of one line the place itself is told, in others where the value begins. */
  private void problem(ScalarNode node, int offset, String message) {
    Optional<Mark> mark = node.getStartMark();
    boolean oneLine =
        mark.isPresent() && node.getEndMark().map(Mark::getLine).equals(mark.map(Mark::getLine));
    int quote = node.isPlain() ? 0 : 1;
    yaml.problem(node, oneLine ? quote + offset : 0, message);
  }
}
