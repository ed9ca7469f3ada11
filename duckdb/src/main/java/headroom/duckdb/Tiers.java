package headroom.duckdb;

import headroom.rollup.Resolution;
import java.util.Locale;

/** Names of the tables that hold the tiers. */
final class Tiers {
  private Tiers() {}

  static String table(Resolution resolution) {
    return "rollup_" + resolution.name().toLowerCase(Locale.ROOT);
  }

  /** The temporary table in which {@link Fold} gathers what is to be added to a tier. */
  static String delta(Resolution resolution) {
    return "delta_" + resolution.name().toLowerCase(Locale.ROOT);
  }
}
