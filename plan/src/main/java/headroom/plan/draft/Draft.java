package headroom.plan.draft;

import java.util.List;

/**
 * A plan that a person is meant to read and go on with.
 *
 * @param yaml the plan; what was left out or must be decided stands in it as comments too
 * @param notes the same, a sentence each
 */
public record Draft(String yaml, List<String> notes) {
  public Draft {
    notes = List.copyOf(notes);
  }
}
