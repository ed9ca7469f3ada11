package headroom.plan.draft;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps what should not lie in a repository out of a draft: it goes into the environment. */
final class Secrets {
  private static final Set<String> HEADERS =
      Set.of("authorization", "proxy-authorization", "x-api-key", "api-key", "x-auth-token");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?i).*(passw(or)?d|passphrase|secret|token|api[-_]?key|credential|otp|^pin$|cvv|cvc|card[-_]?num).*");

  private final boolean keep;

  /** Names of environment variables by the value they stand for. */
  private final Map<String, String> names = new LinkedHashMap<>();

  Secrets(boolean keep) {
    this.keep = keep;
  }

  /** Whether a header of that name carries one. */
  static boolean isSecretHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return HEADERS.contains(lower) || FIELD.matcher(lower).matches();
  }

  /** Whether a field of a body or a query of that name does. */
  static boolean isSecretField(String name) {
    return FIELD.matcher(name).matches();
  }

  /**
   * What stands in the plan for a secret: a variable of the environment unless it is to be kept.
   */
  String standIn(String name, String value) {
    if (keep || value.isEmpty()) {
      return PlanText.literal(value);
    }
    String known = names.get(value);
    if (known == null) {
      String wanted = name.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
      String plain = wanted.matches("[A-Z_].*") ? wanted : "SECRET_" + wanted;
      known = plain;
      for (int i = 2; names.containsValue(known); i++) {
        known = plain + "_" + i;
      }
      names.put(value, known);
    }
    return "${env." + known + "}";
  }

  /** {@code Bearer abc}: the scheme is none, what follows it is. */
  String standInForHeader(String name, String value) {
    int space = value.indexOf(' ');
    boolean scheme = space > 0 && value.substring(0, space).matches("[A-Za-z]{3,20}");
    return scheme
        ? value.substring(0, space + 1) + standIn(name, value.substring(space + 1))
        : standIn(name, value);
  }

  /** The environment variables that the plan needs. */
  Iterable<String> names() {
    return names.values();
  }

  boolean isEmpty() {
    return names.isEmpty();
  }
}
