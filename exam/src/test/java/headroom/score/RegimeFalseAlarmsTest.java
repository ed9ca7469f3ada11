package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.regime.RegimeChange;
import headroom.regime.RegimeChanges;
import headroom.rollup.Resolution;
import headroom.sim.weeks.Plant;
import headroom.sim.weeks.PlantedCause;
import headroom.sim.weeks.Weeks;
import headroom.sim.weeks.WeeksSystem;
import headroom.store.History;
import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Weeks of fleets in rows of ten minutes, asked twice a day as they go by. */
final class RegimeFalseAlarmsTest {
  private static final int CASES = Integer.getInteger("headroom.cases", 2);
  private static final int EVERY_HOURS = Integer.getInteger("headroom.everyHours", 12);
  private static final int TARGETS = 15;

  private static WeeksSystem inTenMinutes(WeeksSystem system, Plant... plants) {
    var perHour = system.traffic().perHour();
    return new WeeksSystem(
        Resolution.TEN_MINUTES,
        1,
        system.services(),
        system.operations(),
        1,
        new WeeksSystem.Traffic(perHour, system.traffic().utilization(), 1, 0, 1),
        system.wobble(),
        system.mishaps(),
        List.of(plants));
  }

  private static History until(History history, Instant time) {
    List<Series> cut = new ArrayList<>();
    history
        .series()
        .values()
        .forEach(some ->
            some.forEach(one ->
                cut.add(
                    new Series(
                        one.key(),
                        one.windows().stream()
                            .filter(window -> window.start() < time.getEpochSecond())
                            .toList()))));
    return History.of(
        history.resolution(),
        history.from(),
        time,
        cut,
        history.events().stream().filter(event -> event.at().isBefore(time)).toList());
  }

  @Test
  void quietWeeksRaiseNoWarning() {
    List<String> warnings = new ArrayList<>();
    List<String> watched = new ArrayList<>();
    double seriesWeeks = 0;
    for (int i = 0; i < CASES; i++) {
      boolean hard = i % 2 == 1;
      var random = new SplittableRandom(7_000 + i);
      WeeksSystem system = inTenMinutes(WeeksScenarios.quiet(hard, random));
      History history = Weeks.of(system, 7_000 + i).history();
      Set<String> before = new HashSet<>();
      Instant first = history.from().plus(Duration.ofHours(24));
      for (Instant at = first;
          !at.isAfter(history.to());
          at = at.plus(Duration.ofHours(EVERY_HOURS))) {
        Set<String> now = new HashSet<>();
        for (RegimeChange change : RegimeChanges.of(until(history, at))) {
          String name = change.service() + change.operation() + change.part();
          now.add(name);
          if (!before.contains(name) && change.isSlower()) {
            (change.certain() ? warnings : watched).add(i + " " + at + " " + change);
          }
        }
        before = now;
      }
      seriesWeeks += TARGETS * 6 / 7.0;
    }
    String of = "of %.0f series-weeks, watched: %s".formatted(seriesWeeks, watched);
    assertThat(warnings).as(of).isEmpty();
  }

  @Test
  void aDeployThatSlowsAServiceIsTold() {
    int told = 0;
    for (int i = 0; i < CASES; i++) {
      var random = new SplittableRandom(7_000 + i);
      Plant plant = Plant.step(PlantedCause.DEPLOY, 1, 100, Math.log(1.3));
      WeeksSystem system = inTenMinutes(WeeksScenarios.quiet(i % 2 == 1, random), plant);
      History history = Weeks.of(system, 7_000 + i).history();
      Instant begun = history.from().plus(Duration.ofHours(100));
      List<RegimeChange> found = RegimeChanges.of(until(history, begun.plus(Duration.ofHours(2))));
      told +=
          found.stream()
                  .anyMatch(change ->
                      change.certain()
                          && change.isSlower()
                          && change.deploy().isPresent()
                          && !change.since().low().isAfter(begun)
                          && !change.since().high().isBefore(begun))
              ? 1
              : 0;
    }
    assertThat(told).isGreaterThanOrEqualTo(CASES * 3 / 4);
  }
}
