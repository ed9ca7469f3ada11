package headroom.plan.read;

import headroom.plan.Template;
import headroom.plan.Template.Escape;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The JSON text of a YAML value, variables left in place. A string that is nothing but <code>
 * ${name:number}</code> becomes the bare value, without quotes.
 */
final class JsonTemplate {
  private static final String NUMBER = ":number}";

  private JsonTemplate() {}

  /**
   * @throws IllegalArgumentException when the value cannot be JSON
   */
  static Template of(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        Template all = Template.literal("{");
        String separator = "";
        for (NodeTuple tuple : mapping.getValue()) {
          if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            throw new IllegalArgumentException("a key of a JSON object must be a word");
          }
          all =
              all.plus(Template.literal(separator))
                  .plus(quoted(key.getValue()))
                  .plus(Template.literal(":"))
                  .plus(of(tuple.getValueNode()));
          separator = ",";
        }
        yield all.plus(Template.literal("}"));
      }
      case SequenceNode sequence -> {
        Template all = Template.literal("[");
        String separator = "";
        for (Node element : sequence.getValue()) {
          all = all.plus(Template.literal(separator)).plus(of(element));
          separator = ",";
        }
        yield all.plus(Template.literal("]"));
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("this cannot be written as JSON");
    };
  }

  private static Template scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return Template.literal("null");
    }
    if (tag.equals(Tag.BOOL)
        || (isNumber(text) && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)))) {
      return Template.literal(text);
    }
    if (text.startsWith("${") && text.endsWith(NUMBER) && text.indexOf('}') == text.length() - 1) {
      String name = text.substring(2, text.length() - NUMBER.length());
      return Template.parse("${" + name + "}", Escape.NONE);
    }
    return quoted(text);
  }

  /** Whether JSON knows the number as it is written; YAML also has 0x1F, .5 and 1_000. */
  private static boolean isNumber(String text) {
    return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  }

  private static Template quoted(String text) {
    Template all = Template.literal("\"");
    for (Template.Part part : Template.parse(text, Escape.JSON).parts()) {
      all =
          all.plus(
              switch (part) {
                case Template.Literal literal -> Template.literal(escape(literal.text()));
                case Template.Variable variable -> new Template(java.util.List.of(variable));
                case Template.Raw raw -> new Template(java.util.List.of(raw));
              });
    }
    return all.plus(Template.literal("\""));
  }

  private static String escape(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
