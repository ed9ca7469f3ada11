package headroom.wall;

import headroom.model.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Changes to a system that one thinks of, as they are written:
 *
 * <pre>
 *   pool=wallet/pool/ledger:20     a pool, or threads, of 20
 *   cpu=postgres/cpu:16            16 cores
 *   replicas=wallet:6              6 instances that share the work evenly
 *   cache=SELECT * FROM rate:0.9   nine of ten runs of this statement are answered by a cache
 *   fewer=SELECT * FROM item:1     a request runs it once on average
 *   async=INSERT INTO report       it is run outside of the request and its connection
 * </pre>
 *
 * <p>Statements are named by how they begin.
 */
public record WhatIf(List<Change> changes) {
  private static final int MOST = 16;
  private static final int LONGEST = 500;
  private static final String GRAMMAR =
      "pool=STATION:SIZE, cpu=STATION:CORES, replicas=SERVICE:COUNT, cache=STATEMENT:HIT-RATIO,"
          + " fewer=STATEMENT:RUNS or async=STATEMENT";

  public WhatIf {
    changes = List.copyOf(changes);
  }

  /** One of them. */
  public sealed interface Change {
    /** A station with so many servers: connections, threads or cores. */
    record Servers(String station, double count) implements Change {}

    /** A service on so many instances. */
    record Instances(String service, int count) implements Change {}

    /** A statement of which only this share still goes to the database. */
    record Cached(String statement, double hitRatio) implements Change {}

    /** A statement that one request runs so many times on average. */
    record Runs(String statement, double perRequest) implements Change {}

    /** A statement that the request does not wait for. */
    record Async(String statement) implements Change {}
  }

  /**
   * Reads changes.
   *
   * @throws IllegalArgumentException that tells what is wrong and how to write it
   */
  public static WhatIf parse(List<String> texts) {
    if (texts.size() > MOST) {
      throw new IllegalArgumentException(
          "at most %d changes at a time, got %d".formatted(MOST, texts.size()));
    }
    return new WhatIf(texts.stream().map(WhatIf::change).toList());
  }

  private static Change change(String text) {
    int equals = text.indexOf('=');
    int colon = text.lastIndexOf(':');
    String kind = equals < 0 ? text : text.substring(0, equals).strip();
    if (text.length() > LONGEST || equals < 0) {
      throw wrong(text, "it must be " + GRAMMAR);
    }
    if (kind.equals("async")) {
      return new Change.Async(named(text, text.substring(equals + 1)));
    }
    if (!List.of("pool", "cpu", "replicas", "cache", "fewer").contains(kind)) {
      throw wrong(text, "it must be " + GRAMMAR);
    }
    if (colon <= equals) {
      throw wrong(text, "a ':' and a number must follow the name, as in pool=shop/pool/main:20");
    }
    String name = named(text, text.substring(equals + 1, colon));
    double value = number(text, text.substring(colon + 1));
    return switch (kind) {
      case "pool" -> new Change.Servers(name, whole(text, value));
      case "cpu" -> new Change.Servers(name, above(text, value, 0));
      case "replicas" -> new Change.Instances(name, whole(text, value));
      case "fewer" -> new Change.Runs(name, atLeast(text, value, 0));
      default -> {
        if (!(value >= 0 && value <= 1)) {
          throw wrong(text, "a hit ratio must be within 0..1");
        }
        yield new Change.Cached(name, value);
      }
    };
  }

  private static String named(String text, String name) {
    if (name.isBlank()) {
      throw wrong(text, "a name is missing after '='");
    }
    return name.strip();
  }

  private static double number(String text, String digits) {
    try {
      double value = Double.parseDouble(digits.strip());
      if (Double.isFinite(value) && value < 1e6) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, together with numbers that are too large.
    }
    throw wrong(text, "'%s' must be a number below a million".formatted(digits.strip()));
  }

  private static int whole(String text, double value) {
    if (!(value >= 1) || value != Math.rint(value)) {
      throw wrong(text, "a whole number of at least 1 is needed");
    }
    return (int) value;
  }

  private static double above(String text, double value, double bound) {
    if (!(value > bound)) {
      throw wrong(text, "the number must be greater than " + bound);
    }
    return value;
  }

  private static double atLeast(String text, double value, double bound) {
    if (!(value >= bound)) {
      throw wrong(text, "the number must be at least " + bound);
    }
    return value;
  }

  private static IllegalArgumentException wrong(String text, String rule) {
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return new IllegalArgumentException("cannot read the change '%s': %s".formatted(shown, rule));
  }

  /** A name that nothing has, with those that are most like it. */
  static IllegalArgumentException unknown(String what, String name, List<String> known) {
    List<String> near = new ArrayList<>(known.stream().distinct().toList());
    near.sort(Comparator.comparingInt(one -> distance(name, one)));
    return new IllegalArgumentException(
        known.isEmpty()
            ? "there is no %s '%s': none was seen".formatted(what, name)
            : "there is no %s '%s'; there is %s"
                .formatted(
                    what, name, String.join(", ", near.subList(0, Math.min(3, near.size())))));
  }

  private static int distance(String a, String b) {
    return Spelling.distance(
        a.toLowerCase(Locale.ROOT),
        b.substring(0, Math.min(b.length(), LONGEST)).toLowerCase(Locale.ROOT));
  }
}
