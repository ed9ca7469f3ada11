package headroom.drift;

import static headroom.drift.SuspectBeliefs.MOST_ODDS;
import static headroom.drift.SuspectBeliefs.PRIOR_BATCH;
import static headroom.drift.SuspectBeliefs.PRIOR_CACHE;
import static headroom.drift.SuspectBeliefs.PRIOR_COLLECTION;
import static headroom.drift.SuspectBeliefs.PRIOR_DATA_GROWTH;
import static headroom.drift.SuspectBeliefs.PRIOR_DEPENDENCY;
import static headroom.drift.SuspectBeliefs.PRIOR_DEPLOY;
import static headroom.drift.SuspectBeliefs.PRIOR_MIX;
import static headroom.drift.SuspectBeliefs.PRIOR_NEIGHBOUR;
import static headroom.drift.SuspectBeliefs.PRIOR_NONE;
import static headroom.drift.SuspectBeliefs.PRIOR_RETRIES;

import headroom.drift.Drift.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A possible cause while evidence for and against it is gathered. */
final class Suspect {
  final Kind kind;
  final String what;
  private final List<Term> terms = new ArrayList<>();
  private double logOdds;
  private boolean moved;

  /** Sorts of causes, with how often each is one. */
  enum Kind {
    DEPLOY("deploy", PRIOR_DEPLOY),
    DATA_GROWTH("data-growth", PRIOR_DATA_GROWTH),
    CACHE("cache", PRIOR_CACHE),
    BATCH("batch", PRIOR_BATCH),
    DEPENDENCY("dependency", PRIOR_DEPENDENCY),
    NEIGHBOUR("neighbour", PRIOR_NEIGHBOUR),
    GARBAGE_COLLECTION("gc", PRIOR_COLLECTION),
    RETRIES("retries", PRIOR_RETRIES),
    TRAFFIC_MIX("mix", PRIOR_MIX),
    NONE("none", PRIOR_NONE);

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
    double capped = Math.clamp(odds, -MOST_ODDS, MOST_ODDS);
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
