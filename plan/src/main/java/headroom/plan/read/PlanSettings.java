package headroom.plan.read;

import headroom.model.Spelling;
import headroom.plan.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Replaces values of a plan by {@code key=value} settings from outside. A key is the way to a value
 * ({@code objectives.p99}, {@code profile.0.steady.rate}) or the name of a variable; a value is
 * YAML. What a setting breaks is told under its own name.
 */
final class PlanSettings {
  private static final String LABEL = Yaml.OUTSIDE;
  private static final String VARIABLES = "variables";

  private final Yaml yaml;
  private final Set<String> known;
  private final BiFunction<String, String, Optional<Node>> compose;

  /**
   * @param known the keys of a plan
   * @param compose from a YAML text and a label for its marks to its root, empty when it is none
   */
  PlanSettings(Yaml yaml, Set<String> known, BiFunction<String, String, Optional<Node>> compose) {
    this.yaml = yaml;
    this.known = known;
    this.compose = compose;
  }

  /** The document with one value replaced; a problem and the same when that cannot be. */
  Node apply(Node root, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      yaml.problem("%s%s: must look like key=value".formatted(LABEL, setting));
      return root;
    }
    String key = setting.substring(0, equals).strip();
    if (!(root instanceof MappingNode plan)) {
      return root;
    }
    Optional<String> way = way(plan, key);
    if (way.isEmpty()) {
      var names = new TreeSet<>(known);
      names.addAll(variables(plan));
      yaml.problem(
          "%s%s: a plan has no setting or variable '%s'%s"
              .formatted(
                  LABEL,
                  setting,
                  key,
                  Spelling.nearest(key, names)
                      .map(near -> ": did you mean '%s'?".formatted(near))
                      .orElse(": there are " + String.join(", ", names))));
      return root;
    }
    Node value = value(setting.substring(equals + 1), LABEL + setting);
    return set(plan, way.get(), value, setting);
  }

  /** Where a key leads from the root of the plan. */
  private Optional<String> way(MappingNode plan, String key) {
    int dot = key.indexOf('.');
    String first = dot < 0 ? key : key.substring(0, dot);
    if (known.contains(first)) {
      return Optional.of(key);
    }
    return variables(plan).contains(key) ? Optional.of(VARIABLES + "." + key) : Optional.empty();
  }

  private static Set<String> variables(MappingNode plan) {
    var names = new TreeSet<String>();
    for (NodeTuple tuple : plan.getValue()) {
      if (is(tuple, VARIABLES) && tuple.getValueNode() instanceof MappingNode variables) {
        for (NodeTuple variable : variables.getValue()) {
          if (variable.getKeyNode() instanceof ScalarNode name) {
            names.add(name.getValue());
          }
        }
      }
    }
    return names;
  }

  private static boolean is(NodeTuple tuple, String name) {
    return tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name);
  }

  /** A list or mapping where it is written as one, otherwise the text itself. */
  private Node value(String text, String label) {
    Optional<Node> node = compose.apply(text, label);
    boolean nested = text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{");
    if (node.isPresent() && (nested || node.get() instanceof ScalarNode)) {
      return node.get();
    }
    if (nested) {
      yaml.problem("%s: the value is no YAML".formatted(label));
    }
    return Nodes.word(text, label);
  }

  private Node set(Node at, String way, Node value, String setting) {
    return switch (at) {
      case MappingNode mapping -> inMapping(mapping, way, value, setting);
      case SequenceNode sequence -> inSequence(sequence, way, value, setting);
      default -> {
        yaml.problem("%s%s: there is nothing below '%s'".formatted(LABEL, setting, text(at)));
        yield at;
      }
    };
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.getTag().getValue();
  }

  private Node inMapping(MappingNode mapping, String way, Node value, String setting) {
    var tuples = new ArrayList<>(mapping.getValue());
    int at = find(tuples, way);
    if (at >= 0) {
      NodeTuple tuple = tuples.get(at);
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      Node inner =
          way.equals(key)
              ? value
              : set(tuple.getValueNode(), way.substring(key.length() + 1), value, setting);
      tuples.set(at, new NodeTuple(tuple.getKeyNode(), inner));
    } else {
      tuples.add(nested(way, value, setting));
    }
    return Nodes.mapping(mapping, tuples);
  }

  /** The longest key that begins the way, since a key may hold dots itself. */
  private static int find(List<NodeTuple> tuples, String way) {
    int found = -1;
    int longest = -1;
    for (int i = 0; i < tuples.size(); i++) {
      if (tuples.get(i).getKeyNode() instanceof ScalarNode key) {
        String name = key.getValue();
        boolean leads = way.startsWith(name + ".") && !isPercentile(way);
        if ((way.equals(name) || leads) && name.length() > longest) {
          found = i;
          longest = name.length();
        }
      }
    }
    return found;
  }

  /** What was not there yet; the parser says when it knows no such key. */
  private static NodeTuple nested(String way, Node value, String setting) {
    int dot = way.indexOf('.');
    String first = dot < 0 ? way : way.substring(0, dot);
    boolean whole = dot < 0 || isPercentile(way);
    ScalarNode key = Nodes.word(whole ? way : first, LABEL + setting);
    Node inner =
        whole
            ? value
            : new MappingNode(
                Tag.MAP,
                true,
                List.of(nested(way.substring(dot + 1), value, setting)),
                FlowStyle.BLOCK,
                key.getStartMark(),
                key.getEndMark());
    return new NodeTuple(key, inner);
  }

  /** An objective such as p99.9 is one key and not 9 below p99. */
  private static boolean isPercentile(String way) {
    return way.matches("p\\d+\\.\\d+");
  }

  private Node inSequence(SequenceNode sequence, String way, Node value, String setting) {
    int dot = way.indexOf('.');
    String first = dot < 0 ? way : way.substring(0, dot);
    var elements = new ArrayList<>(sequence.getValue());
    @Nullable Integer index = first.matches("\\d{1,6}") ? Integer.valueOf(first) : null;
    if (index == null || index >= elements.size()) {
      yaml.problem(
          "%s%s: '%s' must be the number of an element, from 0 to %d"
              .formatted(LABEL, setting, first, elements.size() - 1));
      return sequence;
    }
    elements.set(
        index, dot < 0 ? value : set(elements.get(index), way.substring(dot + 1), value, setting));
    return Nodes.sequence(sequence, elements);
  }
}
