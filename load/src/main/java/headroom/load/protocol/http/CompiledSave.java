package headroom.load.protocol.http;

import headroom.load.protocol.JsonValue;
import headroom.plan.AnswerValue.Pick;
import headroom.plan.JsonPath;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a value of an answer is and which variable it goes to. */
sealed interface CompiledSave {
  int slot();

  /** For messages. */
  String describe();

  /** The value, absent when the answer has none. */
  @Nullable String extract(Answer answer, RandomGenerator random);

  record Json(int slot, JsonPath path, Pick pick) implements CompiledSave {
    @Override
    public String describe() {
      return path.toString();
    }

    @Override
    public @Nullable String extract(Answer answer, RandomGenerator random) {
      byte[] text = answer.body().array();
      int length = answer.body().length();
      if (pick == Pick.FIRST && path.isDefinite()) {
        return JsonValue.find(text, length, path);
      }
      List<String> found = JsonValue.all(text, length, path);
      if (found.isEmpty()) {
        return null;
      }
      return switch (pick) {
        case FIRST -> found.getFirst();
        case LAST -> found.getLast();
        case RANDOM -> found.get(random.nextInt(found.size()));
      };
    }
  }

  record HeaderValue(int slot, String name, int header, @Nullable Pattern pattern)
      implements CompiledSave {
    @Override
    public String describe() {
      return "header " + name + (pattern == null ? "" : " /" + pattern + "/");
    }

    @Override
    public @Nullable String extract(Answer answer, RandomGenerator random) {
      String value = answer.header(header);
      return value == null || pattern == null ? value : firstGroup(pattern, value);
    }
  }

  /** The value of a cookie that the answer sets, its attributes left out. */
  record Cookie(int slot, String name, int header) implements CompiledSave {
    @Override
    public String describe() {
      return "cookie " + name;
    }

    @Override
    public @Nullable String extract(Answer answer, RandomGenerator random) {
      String lines = answer.header(header);
      if (lines == null) {
        return null;
      }
      String value = null;
      for (String line : lines.split("\n")) {
        if (line.startsWith(name + "=")) {
          int end = line.indexOf(';');
          value = line.substring(name.length() + 1, end < 0 ? line.length() : end).strip();
        }
      }
      return value;
    }
  }

  record Regex(int slot, Pattern pattern) implements CompiledSave {
    @Override
    public String describe() {
      return "/" + pattern + "/";
    }

    @Override
    public @Nullable String extract(Answer answer, RandomGenerator random) {
      return firstGroup(pattern, answer.body().text());
    }
  }

  private static @Nullable String firstGroup(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
  }
}
