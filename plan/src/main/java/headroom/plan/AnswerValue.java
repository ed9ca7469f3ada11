package headroom.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/** A value within an answer, to be saved. */
public sealed interface AnswerValue {
  /** A path into a JSON body, and which of several values it is. */
  record Json(JsonPath path, Pick pick) implements AnswerValue {
    public Json(JsonPath path) {
      this(path, Pick.FIRST);
    }
  }

  /** Which of several values. */
  enum Pick {
    FIRST,
    LAST,
    /** Any, with equal probability. */
    RANDOM
  }

  /** A response header, or of it the first group of a regular expression. */
  record HeaderValue(String name, Optional<Pattern> pattern) implements AnswerValue {
    public HeaderValue(String name) {
      this(name, Optional.empty());
    }
  }

  /** A cookie that the answer sets, without its attributes. */
  record Cookie(String name) implements AnswerValue {}

  /** The first group of a regular expression over the body. */
  record Regex(Pattern pattern) implements AnswerValue {}
}
