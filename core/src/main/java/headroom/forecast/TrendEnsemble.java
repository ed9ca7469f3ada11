package headroom.forecast;

import headroom.forecast.TrendFilter.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Several ways in which traffic may be growing, each weighted by how well it foretold every day
 * from those before it (its marginal likelihood), at the end of what was seen.
 *
 * <p>Changes of regime are searched greedily: the day at which allowing any new level and slope
 * makes the best way foretell the rest so much better that it pays for having been searched.
 *
 * @param ways weights add up to 1, greatest first
 * @param breaks days at which another regime began, of the best way
 * @param widening of the uncertainty of level and slope, from how the best way would have done at
 *     earlier days
 */
record TrendEnsemble(List<Way> ways, List<Integer> breaks, double widening) {
  private static final double[] THETAS = {0, 1};
  private static final double[] PHIS = {0, 0.4, 0.7};
  private static final double[] LEVEL_NOISES = {0, 0.004, 0.012};
  private static final double[] SLOPE_NOISES = {0, 4e-5, 1.5e-4};
  private static final double BY_AMOUNT = 6;
  private static final double GROWING = 0.004;
  private static final double STANDING = 2e-4;

  /** Days between regimes, beforehand: they are rarer than once a year. */
  static final double DAYS_BETWEEN_BREAKS = 540;

  private static final int MOST_BREAKS = 3;
  private static final int BREAK_STEP = 3;
  private static final int BEFORE_BREAK = 7;
  private static final int AFTER_BREAK = 12;
  private static final double WORTH_A_LOOK = -3;
  private static final double NEGLIGIBLE = 0.005;

  private static final int WEEK = 7;
  private static final int FEWEST_BEFORE_ORIGIN = 28;
  private static final double ORIGIN_WEIGHT = 0.35;
  private static final double PRIOR_ORIGINS = 4;
  private static final double LEAST_WIDENING = 0.85;
  private static final double MOST_WIDENING = 2;

  /** One way of growing, at the end of the data. */
  record Way(double weight, TrendFilter filter, List<Integer> breaks) {}

  /** Regimes, and by how much the log of their probability differs from having none of them. */
  private record Regimes(List<Integer> breaks, double logPrior) {}

  /**
   * Fits all ways.
   *
   * @param plain logs by day without the week, NaN for days to be ignored
   * @param level of a robust line through them, which rolling origins are compared with
   * @param sigma deviation of a day from its level
   */
  static TrendEnsemble fit(double[] plain, double[] level, double sigma) {
    List<Regimes> regimes = regimes(plain, sigma);
    List<Way> ways = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Regimes some : regimes) {
      for (Member member : members()) {
        TrendFilter filter = run(member, plain, sigma, some.breaks);
        double logWeight = filter.logLikelihood() + logPrior(member) + some.logPrior;
        best = Math.max(best, logWeight);
        ways.add(new Way(logWeight, filter, some.breaks));
      }
    }
    List<Way> kept = normalized(ways, best);
    Way first = kept.getFirst();
    return new TrendEnsemble(kept, first.breaks, widening(first, plain, level, sigma));
  }

  /** A level that is known to {@code sigma} and of whose growth nothing is known. */
  static TrendEnsemble standing(double level, double sigma) {
    var filter = new TrendFilter(new Member(0, 0, 0, 0, STANDING), sigma, level);
    filter.see(level);
    return new TrendEnsemble(List.of(new Way(1, filter, List.of())), List.of(), 1);
  }

  private static List<Way> normalized(List<Way> logWeighted, double best) {
    List<Way> likely =
        logWeighted.stream()
            .filter(way -> way.weight - best > Math.log(NEGLIGIBLE))
            .map(way -> new Way(Math.exp(way.weight - best), way.filter, way.breaks))
            .sorted(Comparator.comparingDouble((Way way) -> -way.weight))
            .toList();
    double sum = likely.stream().mapToDouble(Way::weight).sum();
    return likely.stream().map(way -> new Way(way.weight / sum, way.filter, way.breaks)).toList();
  }

  private static List<Member> members() {
    List<Member> members = new ArrayList<>();
    for (double phi : PHIS) {
      for (double levelNoise : LEVEL_NOISES) {
        members.add(new Member(0, phi, levelNoise, 0, STANDING));
        for (double slopeNoise : SLOPE_NOISES) {
          for (double theta : THETAS) {
            members.add(new Member(theta, phi, levelNoise, slopeNoise, GROWING));
          }
        }
      }
    }
    return members;
  }

  /**
   * Growth by a factor is what nothing keeps up for long, and of many walls those whose growth is
   * overestimated come into sight first: both speak for growth by an amount.
   */
  private static double logPrior(Member member) {
    return member.theta() == 1 ? Math.log(BY_AMOUNT) : 0;
  }

  private static TrendFilter run(
      Member member, double[] plain, double sigma, List<Integer> breaks) {
    var filter = new TrendFilter(member, sigma, firstSeen(plain));
    boolean[] breaksAt = days(breaks, plain.length);
    for (int i = 0; i < plain.length; i++) {
      advance(filter, plain, breaksAt, i);
    }
    return filter;
  }

  private static boolean[] days(List<Integer> breaks, int count) {
    boolean[] days = new boolean[count];
    breaks.forEach(day -> days[day] = true);
    return days;
  }

  /** To a day, and what was seen then. */
  private static void advance(TrendFilter filter, double[] plain, boolean[] breaksAt, int day) {
    if (day > 0) {
      filter.step();
    }
    if (breaksAt[day]) {
      filter.breakHere();
    }
    if (!Double.isNaN(plain[day])) {
      filter.see(plain[day]);
    }
  }

  /**
   * The log-likelihood with one more break, by its day; minus infinity where none is tried. What
   * comes before a break is the same for all and is gone through once.
   */
  private static double[] withOneMore(
      Member member, double[] plain, double sigma, List<Integer> breaks) {
    double[] likelihoods = new double[plain.length];
    Arrays.fill(likelihoods, Double.NEGATIVE_INFINITY);
    boolean[] breaksAt = days(breaks, plain.length);
    var filter = new TrendFilter(member, sigma, firstSeen(plain));
    for (int day = 0; day + AFTER_BREAK <= plain.length; day++) {
      boolean tried = day >= BEFORE_BREAK && (day - BEFORE_BREAK) % BREAK_STEP == 0;
      if (tried && !breaksAt[day]) {
        TrendFilter branch = filter.copy();
        breaksAt[day] = true;
        for (int i = day; i < plain.length; i++) {
          advance(branch, plain, breaksAt, i);
        }
        breaksAt[day] = false;
        likelihoods[day] = branch.logLikelihood();
      }
      advance(filter, plain, breaksAt, day);
    }
    return likelihoods;
  }

  private static double firstSeen(double[] plain) {
    return Arrays.stream(plain).filter(value -> !Double.isNaN(value)).findFirst().orElse(0);
  }

  private static List<Regimes> regimes(double[] plain, double sigma) {
    // A wandering trend would explain a break away, so the search is for a steady one; how long
    // noise lasts is taken from the best way without a break.
    Member best = members().getFirst();
    double mostLikely = Double.NEGATIVE_INFINITY;
    for (Member member : members()) {
      double likelihood = run(member, plain, sigma, List.of()).logLikelihood() + logPrior(member);
      if (likelihood > mostLikely) {
        mostLikely = likelihood;
        best = member;
      }
    }
    var steady = new Member(0, best.phi(), 0, 0, GROWING);
    List<Regimes> found = new ArrayList<>();
    found.add(new Regimes(List.of(), 0));
    double before = run(steady, plain, sigma, List.of()).logLikelihood();
    for (int k = 0; k < MOST_BREAKS; k++) {
      Regimes last = found.getLast();
      double[] likelihoods = withOneMore(steady, plain, sigma, last.breaks);
      double most = Arrays.stream(likelihoods).max().orElse(Double.NEGATIVE_INFINITY);
      double alike = Arrays.stream(likelihoods).map(value -> Math.exp(value - most)).sum();
      double prior = Math.log(alike * BREAK_STEP / DAYS_BETWEEN_BREAKS);
      if (!(most - before + prior >= WORTH_A_LOOK)) {
        break;
      }
      before = most;
      int at = 0;
      while (likelihoods[at] < most) {
        at++;
      }
      found.add(new Regimes(with(last.breaks, at), last.logPrior + prior));
    }
    return found;
  }

  private static List<Integer> with(List<Integer> breaks, int day) {
    List<Integer> more = new ArrayList<>(breaks);
    more.add(day);
    more.sort(Comparator.naturalOrder());
    return more;
  }

  /** From how far the best way would have been off at earlier days, in units of what it said. */
  private static double widening(Way best, double[] plain, double[] level, double sigma) {
    double squares = PRIOR_ORIGINS;
    double weight = PRIOR_ORIGINS;
    var filter = new TrendFilter(best.filter.member(), sigma, firstSeen(plain));
    boolean[] breaksAt = days(best.breaks, plain.length);
    int lastBreak = 0;
    for (int i = 0; i < plain.length; i++) {
      advance(filter, plain, breaksAt, i);
      lastBreak = breaksAt[i] ? i : lastBreak;
      int since = i;
      int next =
          best.breaks.stream()
              .filter(day -> day > since)
              .mapToInt(day -> day)
              .min()
              .orElse(plain.length);
      if (i % WEEK == 0 && i - lastBreak >= FEWEST_BEFORE_ORIGIN) {
        double sum = 0;
        int horizons = 0;
        for (int h = WEEK; h <= (i - lastBreak) / 2 && i + h < next; h += WEEK) {
          if (!Double.isNaN(level[i + h])) {
            double error = level[i + h] - filter.levelAfter(h);
            sum += error * error / (filter.levelVariance(h) + sigma * sigma / WEEK);
            horizons++;
          }
        }
        if (horizons > 0) {
          squares += ORIGIN_WEIGHT * sum / horizons;
          weight += ORIGIN_WEIGHT;
        }
      }
    }
    return Math.clamp(Math.sqrt(squares / weight), LEAST_WIDENING, MOST_WIDENING);
  }

  /** One of the ways, by weight. */
  Way pick(RandomGenerator random) {
    double u = random.nextDouble();
    for (Way way : ways) {
      u -= way.weight;
      if (u < 0) {
        return way;
      }
    }
    return ways.getFirst();
  }
}
