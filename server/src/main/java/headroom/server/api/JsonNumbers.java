package headroom.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as they go out: six significant digits, which is more than any estimate here knows. */
final class JsonNumbers {
  private static final MathContext DIGITS = new MathContext(6);

  private JsonNumbers() {}

  /** Puts a number; one that is not finite is left out, since JSON has no word for it. */
  static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, round(value));
    }
  }

  static double round(double value) {
    return value == Math.rint(value) ? value : new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
