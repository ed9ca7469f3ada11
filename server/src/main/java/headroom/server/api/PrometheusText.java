package headroom.server.api;

/**
 * Writes metrics in Prometheus' text format 0.0.4, or in OpenMetrics 1.0, which differ in the names
 * of counter families and in the end mark:
 *
 * <pre>
 * # TYPE headroom_wall_multiple gauge
 * headroom_wall_multiple{station="wallet/pool/ledger",bound="median"} 2.9
 * </pre>
 */
final class PrometheusText {
  private final boolean openMetrics;
  private final StringBuilder out = new StringBuilder(4_096);
  private String family = "";

  PrometheusText(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** Begins a family of gauges. */
  PrometheusText gauge(String name, String help) {
    return family(name, name, "gauge", help);
  }

  /** Begins a family of counters; the name is without {@code _total}. */
  PrometheusText counter(String name, String help) {
    return family(openMetrics ? name : name + "_total", name + "_total", "counter", help);
  }

  private PrometheusText family(String declared, String sample, String type, String help) {
    family = sample;
    out.append("# HELP ").append(declared).append(' ');
    out.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    out.append("# TYPE ").append(declared).append(' ').append(type).append('\n');
    return this;
  }

  /** A sample of the family begun last; labels are name, value, name, value. */
  PrometheusText sample(double value, String... labels) {
    out.append(family);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      out.append(escape(labels[i + 1])).append('"');
    }
    if (labels.length > 0) {
      out.append('}');
    }
    out.append(' ').append(number(value)).append('\n');
    return this;
  }

  /** A whole number as a sample of the family begun last. */
  PrometheusText sample(long value, String... labels) {
    return sample((double) value, labels);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.isNaN(value) ? "NaN" : Double.toString(JsonNumbers.round(value));
  }

  @Override
  public String toString() {
    return openMetrics ? out + "# EOF\n" : out.toString();
  }
}
