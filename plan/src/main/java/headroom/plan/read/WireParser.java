package headroom.plan.read;

import headroom.plan.Wire;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the keys of a plan that say how requests travel. */
final class WireParser {
  private static final String PER_USER = "per-user";
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int MOST_SOURCES = 65_536;
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  private final Yaml yaml;

  WireParser(Yaml yaml) {
    this.yaml = yaml;
  }

  Wire parse(Map<String, Entry> entries) {
    return new Wire(
        yaml.value(entries.get("http"), WireParser::http).orElse(Wire.Http.ONE),
        yaml.value(entries.get("redirects"), text -> either("redirects", text, "follow", "fail"))
            .orElse(false),
        yaml.value(entries.get("connections"), PER_USER::equals).orElse(false),
        yaml.value(entries.get("dns"), text -> either("dns", text, "each", "once")).orElse(false),
        yaml.value(entries.get("proxy"), WireParser::proxy),
        sources(entries.get("sources")),
        new StatementParser(yaml).database(entries.get("jdbc")),
        new RetryParser(yaml).parse(entries.get("retry")));
  }

  /** The cap in {@code connections}, which may be {@code per-user} instead. */
  OptionalInt connections(Map<String, Entry> entries) {
    return yaml.value(
            entries.get("connections"),
            text -> text.equals(PER_USER) ? OptionalInt.empty() : OptionalInt.of(cap(text)))
        .orElse(OptionalInt.empty());
  }

  private static int cap(String text) {
    if (!text.matches("\\d+")) {
      throw new IllegalArgumentException(
          "connections must be per-user or a whole number from 1 to %d, got '%s'"
              .formatted(MOST_CONNECTIONS, text));
    }
    return Quantities.integer("connections", text, 1, MOST_CONNECTIONS);
  }

  private static Wire.Http http(String text) {
    return switch (text) {
      case "1.1", "1" -> Wire.Http.ONE;
      case "2" -> Wire.Http.TWO;
      default -> throw new IllegalArgumentException("http must be 1.1 or 2, got '" + text + "'");
    };
  }

  private static boolean either(String name, String text, String yes, String no) {
    if (!text.equals(yes) && !text.equals(no)) {
      throw new IllegalArgumentException(
          "%s must be %s or %s, got '%s'".formatted(name, yes, no, text));
    }
    return text.equals(yes);
  }

  private static URI proxy(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("proxy must look like http://host:port", e);
    }
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException("proxy must look like http://host:port");
    }
    return uri;
  }

  /** Addresses, and ranges of them such as {@code 127.0.0.2..127.0.0.9}. */
  private List<String> sources(@Nullable Entry entry) {
    var sources = new ArrayList<String>();
    if (entry != null) {
      List<Node> nodes =
          entry.value() instanceof SequenceNode list ? list.getValue() : List.of(entry.value());
      for (Node node : nodes) {
        yaml.value(node, "sources", WireParser::range).ifPresent(sources::addAll);
      }
    }
    return sources;
  }

  private static List<String> range(String text) {
    int dots = text.indexOf("..");
    long first = number(dots < 0 ? text : text.substring(0, dots).strip());
    long last = number(dots < 0 ? text : text.substring(dots + 2).strip());
    if (last < first || last - first >= MOST_SOURCES) {
      throw new IllegalArgumentException(
          "sources must be a range of at most %d addresses, got '%s'"
              .formatted(MOST_SOURCES, text));
    }
    var all = new ArrayList<String>();
    for (long at = first; at <= last; at++) {
      all.add("%d.%d.%d.%d".formatted(at >> 24, at >> 16 & 255, at >> 8 & 255, at & 255));
    }
    return all;
  }

  private static long number(String text) {
    Matcher parts = IPV4.matcher(text);
    long number = 0;
    boolean sound = parts.matches();
    for (int i = 1; sound && i <= 4; i++) {
      int part = Integer.parseInt(parts.group(i));
      sound = part <= 255;
      number = number * 256 + part;
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "sources must be addresses such as 127.0.0.2, or a range such as 127.0.0.2..127.0.0.9, got '%s'"
              .formatted(text));
    }
    return number;
  }
}
