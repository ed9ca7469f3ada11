package headroom.drift;

import headroom.drift.Drift.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A possible cause while evidence for and against it is gathered. */
final class Suspect {
  /** No piece of evidence decides alone. */
  private static final double MOST = 3;

  final Kind kind;
  final String what;
  private final List<Term> terms = new ArrayList<>();
  private double logOdds;
  private boolean moved;

  /** Sorts of causes, with how often each is one. */
  enum Kind {
    DEPLOY("deploy", 0.3),
    DATA_GROWTH("data-growth", 0.12),
    CACHE("cache", 0.1),
    BATCH("batch", 0.1),
    DEPENDENCY("dependency", 0.1),
    NEIGHBOUR("neighbour", 0.06),
    GARBAGE_COLLECTION("gc", 0.06),
    RETRIES("retries", 0.06),
    TRAFFIC_MIX("mix", 0.05),
    NONE("none", 0.1);

    final String wireName;
    final double prior;

    Kind(String wireName, double prior) {
      this.wireName = wireName;
      this.prior = prior;
    }
  }

  Suspect(Kind kind, String what) {
    this.kind = kind;
    this.what = what;
    logOdds = Math.log(kind.prior);
  }

  /** Adds a piece of evidence, in natural logarithms of odds. */
  Suspect term(double odds, String pattern, Object... values) {
    double capped = Math.clamp(odds, -MOST, MOST);
    terms.add(new Term(String.format(Locale.ROOT, pattern, values), capped));
    logOdds += capped;
    return this;
  }

  /** Notes that it shows the change itself, so that the latency is not alone. */
  Suspect shows(boolean itself) {
    moved |= itself;
    return this;
  }

  boolean moved() {
    return moved;
  }

  double logOdds() {
    return logOdds;
  }

  List<Term> terms() {
    return terms;
  }
}
