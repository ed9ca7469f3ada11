package headroom.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Beliefs as the pages of {@code docs/math} list them, one row of a table each. */
public final class BeliefPage {
  private BeliefPage() {}

  /** The rows that the page must have for these classes. */
  public static List<String> rows(Class<?>... types) {
    return Stream.of(types)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> field.isAnnotationPresent(Belief.class))
        .map(BeliefPage::row)
        .toList();
  }

  private static String row(Field field) {
    Belief belief = field.getAnnotation(Belief.class);
    String from =
        belief.from().words() + (belief.exam().isEmpty() ? "" : ": `" + belief.exam() + "`");
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(field.getName(), value(field), belief.unit(), belief.value(), from);
  }

  private static String value(Field field) {
    try {
      field.setAccessible(true);
      double value = ((Number) field.get(null)).doubleValue();
      return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    } catch (IllegalAccessException hidden) {
      throw new IllegalStateException(hidden);
    }
  }

  /** Constants of these classes that are numbers without being told to be beliefs. */
  public static List<String> untold(Class<?>... types) {
    return Stream.of(types)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> field.getType().isPrimitive() && !field.isSynthetic())
        .filter(field -> !field.isAnnotationPresent(Belief.class))
        .map(Field::getName)
        .toList();
  }

  /** The rows about beliefs on a page of {@code docs/math}. */
  public static List<String> told(String page) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/math"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("docs/math is in no folder above this one");
    }
    try {
      return Files.readAllLines(folder.resolve("docs/math").resolve(page)).stream()
          .filter(line -> line.matches("\\| `[A-Z_0-9]+` \\|.*"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
