package headroom.load.report;

import headroom.load.report.Section.Grid;
import headroom.load.result.LoadResult;
import headroom.load.study.StationLoad;
import headroom.load.study.StudyResult;
import headroom.load.study.interference.Interference;
import headroom.load.study.interference.Interference.Company;
import headroom.load.study.interference.Interference.Effect;
import headroom.load.study.interference.Ratio;
import headroom.plan.quantity.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How interference is told. */
final class InterferenceSection {
  /** A pool of a few makes requests wait from about here on. */
  private static final double MAKES_WAIT = 0.7;

  private InterferenceSection() {}

  static Section of(StudyResult.FlowInterference found) {
    Interference matrix = found.matrix();
    return new Section(
        "interference",
        found.hasPassed(),
        verdict(matrix),
        meeting(found),
        grids(found),
        List.of());
  }

  private static List<Grid> grids(StudyResult.FlowInterference found) {
    var grids = new ArrayList<Grid>();
    grids.add(new Grid("How much slower than alone, with 90 % intervals", effects(found.matrix())));
    grids.add(new Grid("Which keep the objectives", companies(found.matrix())));
    if (!found.stations().isEmpty()) {
      grids.add(new Grid("How busy the stations were", stations(found)));
    }
    return grids;
  }

  /** Where all flows together were stopped by the same thing. */
  private static List<String> meeting(StudyResult.FlowInterference found) {
    if (found.stations().isEmpty()) {
      return List.of();
    }
    StationLoad first = found.stations().getFirst();
    var all = found.matrix().companies().getLast().flows();
    double together = first.busy().getOrDefault(all, 0.0);
    if (together < MAKES_WAIT) {
      return List.of(
          "no watched station was busy: the fullest, %s, to %s"
              .formatted(first.station(), Amounts.share(together)));
    }
    String alone =
        String.join(
            ", ",
            found.matrix().companies().stream()
                .filter(company -> company.flows().size() == 1)
                .map(company ->
                    "%s alone %s"
                        .formatted(
                            String.join("", company.flows()),
                            Amounts.share(first.busy().getOrDefault(company.flows(), 0.0))))
                .toList());
    return List.of(
        "they meet at %s: %s busy with all together, %s"
            .formatted(first.station(), Amounts.share(together), alone));
  }

  private static List<List<String>> stations(StudyResult.FlowInterference found) {
    var rows = new ArrayList<List<String>>();
    var head = new ArrayList<String>(List.of("station"));
    List<Company> companies = found.matrix().companies();
    companies.forEach(company -> head.add(String.join(" + ", company.flows())));
    rows.add(head);
    for (StationLoad station : found.stations()) {
      var row = new ArrayList<String>(List.of(station.station()));
      for (Company company : companies) {
        Double busy = station.busy().get(company.flows());
        row.add(busy == null ? "–" : Amounts.share(busy));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String verdict(Interference matrix) {
    List<Company> broken = matrix.companies().stream().filter(c -> !c.hasHeld()).toList();
    boolean aloneFine =
        matrix.companies().stream().filter(c -> c.flows().size() == 1).allMatch(Company::hasHeld);
    Effect worst =
        matrix.effects().stream()
            .filter(effect -> effect.p99().isSlower())
            .max(java.util.Comparator.comparingDouble(effect -> effect.p99().value()))
            .orElse(null);
    String slowed =
        worst == null
            ? "no flow is slowed down by another beyond chance"
            : "%s is slowed down most, %s at p99 by %s"
                .formatted(worst.flow(), times(worst.p99()), String.join(" + ", worst.company()));
    if (broken.isEmpty()) {
      return slowed;
    }
    String who = String.join(" + ", broken.getFirst().flows());
    return aloneFine
        ? "each flow alone keeps the objectives, %s together do not; %s".formatted(who, slowed)
        : "%s does not keep the objectives; %s".formatted(who, slowed);
  }

  private static List<List<String>> effects(Interference matrix) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "flow",
            "beside",
            "p50",
            "p50 alone",
            "together",
            "p99",
            "p99 alone",
            "together",
            "failed"));
    for (Effect effect : matrix.effects()) {
      rows.add(
          List.of(
              effect.flow(),
              String.join(" + ", effect.company()),
              times(effect.p50()),
              Amounts.seconds(effect.alone().p50()),
              Amounts.seconds(effect.together().p50()),
              times(effect.p99()),
              Amounts.seconds(effect.alone().p99()),
              Amounts.seconds(effect.together().p99()),
              Amounts.share(effect.errorShare())));
    }
    return rows;
  }

  private static String times(Ratio ratio) {
    return String.format(
        Locale.ROOT, "×%.2f (%.2f..%.2f)", ratio.value(), ratio.low(), ratio.high());
  }

  private static List<List<String>> companies(Interference matrix) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("together", "journeys", "objectives", ""));
    for (Company company : matrix.companies()) {
      rows.add(
          List.of(
              String.join(" + ", company.flows()),
              Amounts.rate(company.ratePerSecond()),
              company.objectives().isEmpty() ? "none set" : company.hasHeld() ? "held" : "BROKEN",
              String.join(
                  "; ", company.objectives().stream().map(InterferenceSection::tell).toList())));
    }
    return rows;
  }

  private static String tell(LoadResult.Outcome outcome) {
    return Summary.describe(outcome);
  }
}
