package headroom.load.study.interference;

import headroom.load.result.LoadResult.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The matrix of who slows whom.
 *
 * @param flows the journeys, by name
 * @param effects for every flow in every company it was measured in, but alone
 * @param companies each flow alone, each pair, all together: did the objectives hold
 */
public record Interference(List<String> flows, List<Effect> effects, List<Company> companies) {

  /**
   * One flow in the company of others, compared with itself alone at the same rate.
   *
   * @param company the other flows
   * @param alone what it took alone, over all blocks
   * @param together what it took in this company
   * @param errorShare of the flow's requests in this company, 0..1
   */
  public record Effect(
      String flow,
      Set<String> company,
      Ratio p50,
      Ratio p99,
      Times alone,
      Times together,
      double errorShare) {}

  /** Response times in seconds: geometric means over the blocks. */
  public record Times(double p50, double p99) {}

  /**
   * Flows that ran together and the plan's objectives over all their requests.
   *
   * @param ratePerSecond of their journeys
   * @param times when they ran
   */
  public record Company(
      Set<String> flows, double ratePerSecond, List<Outcome> objectives, List<Span> times) {
    public Company {
      times = List.copyOf(times);
      flows = Collections.unmodifiableSet(new TreeSet<>(flows));
      objectives = List.copyOf(objectives);
    }

    /** Whether all of them were held. */
    public boolean hasHeld() {
      return objectives.stream().allMatch(Outcome::held);
    }
  }

  /** A stretch of time. */
  public record Span(Instant from, Instant to) {}

  /** What one flow's requests took in one block of one condition, in seconds. */
  record Measured(double p50, double p99, double errorShare) {}

  /** Which flows ran together in which block. */
  record Condition(Set<String> flows, int block) {}

  public Interference {
    flows = List.copyOf(flows);
    effects = List.copyOf(effects);
    companies = List.copyOf(companies);
  }

  /** The effect on a flow of exactly that company. */
  public Optional<Effect> effect(String flow, String... company) {
    Set<String> wanted = Set.of(company);
    return effects.stream()
        .filter(e -> e.flow().equals(flow) && e.company().equals(wanted))
        .findFirst();
  }

  /** All sets of flows that are to be measured: each alone, each pair, all. */
  static List<Set<String>> conditions(List<String> flows) {
    var conditions = new ArrayList<Set<String>>();
    for (String flow : flows) {
      conditions.add(new TreeSet<>(List.of(flow)));
    }
    for (int i = 0; i < flows.size(); i++) {
      for (int j = i + 1; j < flows.size(); j++) {
        conditions.add(new TreeSet<>(List.of(flows.get(i), flows.get(j))));
      }
    }
    if (flows.size() > 2) {
      conditions.add(new TreeSet<>(flows));
    }
    return conditions;
  }

  /** Compares every flow in company with itself alone, block by block. */
  static Interference of(
      List<String> flows,
      int blocks,
      Map<Condition, Map<String, Measured>> measured,
      List<Company> companies) {
    var effects = new ArrayList<Effect>();
    for (Set<String> together : conditions(flows)) {
      for (String flow : together) {
        if (together.size() > 1) {
          effect(flow, together, blocks, measured).ifPresent(effects::add);
        }
      }
    }
    return new Interference(flows, effects, companies);
  }

  private static Optional<Effect> effect(
      String flow,
      Set<String> together,
      int blocks,
      Map<Condition, Map<String, Measured>> measured) {
    var alone = new TreeSet<>(List.of(flow));
    double[] p50 = new double[blocks];
    double[] p99 = new double[blocks];
    double errors = 0;
    double[] logs = new double[4];
    for (int block = 0; block < blocks; block++) {
      Measured before = at(measured, alone, block, flow);
      Measured now = at(measured, together, block, flow);
      if (before == null || now == null) {
        return Optional.empty();
      }
      p50[block] = now.p50 / before.p50;
      p99[block] = now.p99 / before.p99;
      errors += now.errorShare / blocks;
      double[] times = {before.p50, before.p99, now.p50, now.p99};
      for (int i = 0; i < times.length; i++) {
        logs[i] += Math.log(times[i]) / blocks;
      }
    }
    var company = new TreeSet<>(together);
    company.remove(flow);
    return Optional.of(
        new Effect(
            flow,
            company,
            Ratio.of(p50),
            Ratio.of(p99),
            new Times(Math.exp(logs[0]), Math.exp(logs[1])),
            new Times(Math.exp(logs[2]), Math.exp(logs[3])),
            errors));
  }

  private static @Nullable Measured at(
      Map<Condition, Map<String, Measured>> measured, Set<String> flows, int block, String flow) {
    Map<String, Measured> of = measured.get(new Condition(flows, block));
    return of == null ? null : of.get(flow);
  }
}
