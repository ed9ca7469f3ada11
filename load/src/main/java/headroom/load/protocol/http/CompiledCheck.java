package headroom.load.protocol.http;

import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.JsonValue;
import headroom.plan.JsonPath;
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
      return answer.body().text().contains(text)
          ? null
          : "the body does not contain '" + text + "'";
    }
  }

  record Matches(Pattern pattern) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      return pattern.matcher(answer.body().text()).find()
          ? null
          : "the body does not match /" + pattern + "/";
    }
  }

  record JsonIs(JsonPath path, CompiledTemplate expected) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      String found = JsonValue.find(answer.body().array(), answer.body().length(), path);
      if (found == null) {
        return path + " is missing";
      }
      return found.equals(expected.plain(values)) ? null : "%s is '%s'".formatted(path, found);
    }
  }

  record HeaderIs(String name, int header, CompiledTemplate expected) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      String found = answer.header(header);
      String wanted = expected.plain(values);
      if (found == null) {
        return "header " + name + " is missing";
      }
      return found.equals(wanted) || found.startsWith(wanted + ";")
          ? null
          : "header %s is '%s'".formatted(name, found);
    }
  }

  record Within(long nanos) implements CompiledCheck {
    @Override
    public @Nullable String complaint(Answer answer, @Nullable String[] values, long serviceNanos) {
      // The time itself is left out: samples of errors should be few and alike.
      return serviceNanos <= nanos ? null : "took longer than %.0f ms".formatted(nanos * 1e-6);
    }
  }
}
