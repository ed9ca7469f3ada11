package headroom.plan;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** What must be true of an answer, besides its status, for a step to have succeeded. */
public sealed interface Check {
  /** The body holds a match. */
  record Matches(Pattern pattern) implements Check {}

  /** The value at a path of a JSON body, as {@link AnswerValue.Json} would save it. */
  record JsonIs(JsonPath path, Template expected) implements Check {}

  /** A header of the answer has this value, or begins with it and a semicolon. */
  record HeaderIs(String name, Template expected) implements Check {}

  /** The answer was complete so soon after sending. */
  record Within(Duration limit) implements Check {}

  /** The variables in what is expected. */
  default Set<String> variables() {
    return switch (this) {
      case JsonIs json -> json.expected().variables();
      case HeaderIs header -> header.expected().variables();
      case Matches matches -> Set.of();
      case Within within -> Set.of();
    };
  }
}
