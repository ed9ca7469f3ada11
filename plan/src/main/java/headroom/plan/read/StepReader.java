package headroom.plan.read;

import headroom.plan.Step;
import headroom.plan.yaml.Yaml.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** What reads the steps of one protocol. */
interface StepReader {
  /** The keys by which such a step is known, one in each. */
  List<String> leading();

  /** The keys that go with these and with no other step. */
  Set<String> following();

  /**
   * Reads a step; what is wrong with it is told to the reader of the plan.
   *
   * @param leading the key that it was known by
   */
  Optional<Step> read(String leading, Node node, Map<String, Entry> entries);
}
