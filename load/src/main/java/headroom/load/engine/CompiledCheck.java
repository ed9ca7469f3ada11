package headroom.load.engine;

import headroom.load.http.Answer;
import headroom.load.journey.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an answer must be besides its status. */
sealed interface CompiledCheck {
  /**
   * What is wrong, null when nothing is.
   *
   * @param serviceNanos from sending to the last byte
   */
  @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos);

  record Contains(String text) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      return bodyOf(answer).contains(text) ? null : "the body does not contain '" + text + "'";
    }
  }

  record Matches(Pattern pattern) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      return pattern.matcher(bodyOf(answer)).find()
          ? null
          : "the body does not match /" + pattern + "/";
    }
  }

  record JsonIs(JsonPath path, CompiledTemplate expected) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      return differs(path.toString(), JsonValue.find(answer.body(), path), expected.plain(values));
    }
  }

  record HeaderIs(String name, int header, CompiledTemplate expected) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      String found = answer.header(header);
      String wanted = expected.plain(values);
      return found != null && found.startsWith(wanted + ";")
          ? null
          : differs("header " + name, found, wanted);
    }
  }

  record Within(long nanos) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      // The time itself is left out: samples of errors should be few and alike.
      return serviceNanos <= nanos ? null : "took longer than %.0f ms".formatted(nanos * 1e-6);
    }
  }

  private static String bodyOf(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static @Nullable String differs(String what, @Nullable String found, String expected) {
    if (found == null) {
      return what + " is missing";
    }
    return found.equals(expected) ? null : "%s is '%s'".formatted(what, found);
  }
}
