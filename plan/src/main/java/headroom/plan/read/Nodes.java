package headroom.plan.read;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The pieces of a YAML document with other content, at the same place in the text. */
final class Nodes {
  private Nodes() {}

  static MappingNode mapping(MappingNode like, List<NodeTuple> tuples) {
    return new MappingNode(
        like.getTag(), true, tuples, like.getFlowStyle(), like.getStartMark(), like.getEndMark());
  }

  static SequenceNode sequence(SequenceNode like, List<Node> elements) {
    return new SequenceNode(
        like.getTag(), true, elements, like.getFlowStyle(), like.getStartMark(), like.getEndMark());
  }

  static ScalarNode scalar(ScalarNode like, String text) {
    return new ScalarNode(
        like.getTag(), true, text, like.getScalarStyle(), like.getStartMark(), like.getEndMark());
  }

  /** A word that comes from elsewhere than the text. */
  static ScalarNode word(String text, String label) {
    Optional<Mark> mark = Optional.of(new Mark(label, 0, 0, 0, new int[0], 0));
    return new ScalarNode(Tag.STR, true, text, ScalarStyle.PLAIN, mark, mark);
  }
}
