package headroom.ingest.prometheus;

import java.util.Arrays;

/** The labels of the series that is being read, names and values by turns. */
final class LabelBuffer {
  private static final int MOST = 256;

  private String[] pairs = new String[64];
  private int length;
  private boolean usable = true;

  void clear() {
    length = 0;
    usable = true;
  }

  void add(String name, String value) {
    if (length >= 2 * MOST) {
      usable = false;
      return;
    }
    if (length == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * length);
    }
    pairs[length++] = name;
    pairs[length++] = value;
  }

  /** Labels that cannot be used: too many, or named where there is no name. */
  void spoil() {
    usable = false;
  }

  /** The name of the metric, empty when there is none. */
  String name() {
    for (int i = 0; i < length; i += 2) {
      if (pairs[i].equals(Labels.NAME)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  boolean isUsable() {
    return usable;
  }

  Labels toLabels() {
    return Labels.of(pairs, length);
  }
}
