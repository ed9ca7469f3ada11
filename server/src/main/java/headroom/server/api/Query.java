package headroom.server.api;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.forecast.GrowthPlan;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, checked; one that is not known is an error, not ignored. */
final class Query {
  private static final int LONGEST = 1_000;

  private final QueryParams params;

  private Query(QueryParams params) {
    this.params = params;
  }

  static Query of(ServiceRequestContext context, Set<String> known) {
    QueryParams params = context.queryParams();
    for (String name : params.names()) {
      if (!known.contains(name)) {
        throw ApiException.badRequest(
            "there is no parameter '" + shorten(name) + "' here",
            known.isEmpty()
                ? "This path takes no parameters."
                : "The parameters are " + String.join(", ", new TreeSet<>(known)) + ".");
      }
    }
    return new Query(params);
  }

  private static String shorten(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }

  /** The text of a parameter, or null when it is absent or empty. */
  @Nullable String text(String name) {
    String value = params.get(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (value.length() > LONGEST) {
      throw ApiException.badRequest(
          "%s may have at most %d characters, got %d".formatted(name, LONGEST, value.length()),
          "Send a shorter value.");
    }
    return value;
  }

  /** All values of a parameter that may come several times. */
  List<String> texts(String name) {
    List<String> values = params.getAll(name);
    if (values.stream().mapToInt(String::length).sum() > LONGEST) {
      throw ApiException.badRequest(
          "%s may have at most %d characters in all".formatted(name, LONGEST),
          "Ask in several requests.");
    }
    return values;
  }

  /** A moment in ISO 8601, or null when absent. */
  @Nullable Instant instant(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeException notAnInstant) {
      throw ApiException.badRequest(
          "%s must be a time in ISO 8601, got '%s'".formatted(name, shorten(value)),
          "Write it like 2026-11-21T10:00:00Z.");
    }
  }

  /** Positive numbers separated by commas; none when absent. */
  List<Double> multiples(String name) {
    String value = text(name);
    if (value == null) {
      return List.of();
    }
    String[] parts = value.split(",", -1);
    if (parts.length > 20) {
      throw ApiException.badRequest(
          "%s may name at most 20 numbers, got %d".formatted(name, parts.length),
          "Ask in several requests.");
    }
    return Arrays.stream(parts).map(part -> multiple(name, part)).toList();
  }

  /** A number within bounds, or another one when absent. */
  double number(String name, double otherwise, double above, double most) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value);
      if (number > above && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, together with numbers out of range.
    }
    throw ApiException.badRequest(
        "%s must be a number > %s and <= %s, got '%s'"
            .formatted(name, above, most, shorten(value)),
        "Leave it out for %s.".formatted(otherwise));
  }

  private static Double multiple(String name, String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (value > 0 && value < 1e9) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, together with numbers out of range.
    }
    throw ApiException.badRequest(
        "%s must be numbers > 0 separated by commas, got '%s'".formatted(name, shorten(text)),
        "Write it like ?%s=3,10.".formatted(name));
  }

  /** The parameters growth and launch; launches are separated by commas. */
  GrowthPlan growthPlan() {
    String growth = text("growth");
    String launches = text("launch");
    try {
      GrowthPlan plan = growth == null ? GrowthPlan.NONE : GrowthPlan.NONE.withGrowth(growth);
      for (String launch : launches == null ? new String[0] : launches.split(",", -1)) {
        plan = plan.withLaunch(launch);
      }
      return plan;
    } catch (IllegalArgumentException notUnderstood) {
      throw ApiException.badRequest(
          shorten(String.valueOf(notUnderstood.getMessage())),
          "Write it like ?growth=8%25/month&launch=2026-12-01:2.5x.");
    }
  }
}
