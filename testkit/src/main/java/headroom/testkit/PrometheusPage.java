package headroom.testkit;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in the text format of Prometheus or OpenMetrics, as whoever scrapes it understands it: the
 * order of families, samples and labels and the way a number is written do not matter. Two are
 * equal when they say the same.
 *
 * @param types {@code counter}, {@code gauge} and so on, by family; only families with samples
 * @param helps what each family is
 * @param samples values by name and labels, such as {@code requests_total{method="GET"}}
 */
public record PrometheusPage(
    Map<String, String> types, Map<String, String> helps, Map<String, Double> samples) {
  private static final Pattern SAMPLE = Pattern.compile("([\\w:]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  /** Reads a page; anything that is no line of the format is an error. */
  public static PrometheusPage parse(String text) {
    var types = new TreeMap<String, String>();
    var helps = new TreeMap<String, String>();
    var samples = new TreeMap<String, Double>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# TYPE ")) {
        types.put(words[2], words[3]);
      } else if (line.startsWith("# HELP ")) {
        helps.put(words[2], words[3]);
      } else if (!line.equals("# EOF")) {
        sample(line, samples);
      }
    }
    types.keySet().removeIf(family -> !isTold(family, samples));
    helps.keySet().removeIf(family -> !isTold(family, samples));
    return new PrometheusPage(types, helps, samples);
  }

  private static boolean isTold(String family, Map<String, Double> samples) {
    Pattern name = Pattern.compile(family + "(_total|_bucket|_sum|_count)?(\\{.*)?");
    return samples.keySet().stream().anyMatch(key -> name.matcher(key).matches());
  }

  private static void sample(String line, Map<String, Double> samples) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("no line of the format: " + line);
    }
    String labels = sample.group(2) == null ? "" : sample.group(2);
    var sorted = new TreeMap<String, String>();
    Matcher label = LABEL.matcher(labels);
    int end = 0;
    while (label.find()) {
      if (label.start() != end) {
        throw new IllegalArgumentException("no labels: " + line);
      }
      end = label.end();
      sorted.put(label.group(1), value(label.group(1), label.group(2)));
    }
    if (end != labels.length()) {
      throw new IllegalArgumentException("no labels: " + line);
    }
    Double before = samples.put(key(sample.group(1), sorted), number(sample.group(3)));
    if (before != null) {
      throw new IllegalArgumentException("twice: " + line);
    }
  }

  /** Bounds and quantiles are numbers. */
  private static String value(String label, String text) {
    return label.equals("le") || label.equals("quantile")
        ? Double.toString(number(text))
        : ESCAPED
            .matcher(text)
            .replaceAll(found ->
                found.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(found.group(1)));
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static String key(String name, Map<String, String> labels) {
    return name + labels;
  }

  /** The value of a sample; labels are name, value, name, value. */
  public double value(String name, String... labels) {
    var sorted = new TreeMap<String, String>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    Double value = samples.get(key(name, sorted));
    if (value == null) {
      throw new AssertionError("no sample " + key(name, sorted) + " among " + samples.keySet());
    }
    return value;
  }
}
