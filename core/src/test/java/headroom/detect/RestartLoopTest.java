package headroom.detect;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Planted;
import headroom.wall.Objectives;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartLoopTest {
  /** Two hours of ten seconds. */
  private static final int WINDOWS = 720;

  private final Planted planted = new Planted(WINDOWS, 1);
  private final List<Event> events = new ArrayList<>();

  private List<Finding> found() {
    History bare = planted.history();
    var history =
        new History(bare.resolution(), bare.from(), bare.to(), bare.series(), List.copyOf(events));
    return new RestartLoop().detect(Observation.of(history, Objectives.DEFAULT));
  }

  /** An instance that is there in windows [from, to). */
  private void instance(String name, int from, int to) {
    instance(name, from, to, Measure.OPERATION);
  }

  private void instance(String name, int from, int to, Measure measure) {
    planted.with(
        measure,
        name,
        "GET /a",
        "",
        (i, cell) -> {
          if (i >= from && i < to) {
            planted.requests(cell, 3, 0.02);
          }
        });
  }

  private void deploy(int window) {
    Instant at = Instant.ofEpochSecond(Planted.nanos(window) / 1_000_000_000);
    events.add(new Event("deploy", at, "wallet", Map.of()));
  }

  /** Lives of three minutes and pauses of two. */
  private void loop(String name, int lives, int from, Measure measure) {
    for (int n = 0; n < lives; n++) {
      instance(name + n, from + 30 * n, from + 30 * n + 18, measure);
    }
  }

  @Test
  void aProcessThatEndsAgainAndAgainIsFoundBesideOneThatStays() {
    instance("stays", 0, WINDOWS);
    loop("w-", 6, 480, Measure.OPERATION);
    assertThat(found())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(Finding.Kind.RESTART);
          assertThat(finding.subject()).isEqualTo("wallet");
          assertThat(finding.summary())
              .startsWith("6 processes")
              .contains("28 minutes")
              .contains("3 minutes or less");
          assertThat(finding.next()).contains("w-5");
        });
  }

  @Test
  void itIsNoNewsOnceAProcessStays() {
    loop("w-", 6, 100, Measure.OPERATION);
    instance("stays", 300, WINDOWS);
    assertThat(found()).isEmpty();
  }

  @Test
  void fewRestartsAreNoLoop() {
    instance("stays", 0, WINDOWS);
    loop("w-", 4, 540, Measure.OPERATION);
    assertThat(found()).isEmpty();
  }

  @Test
  void rollingDeploysAreNoLoop() {
    for (int deploy = 0; deploy < 6; deploy++) {
      for (int n = 0; n < 3; n++) {
        // One after the other, each beside the one that it takes the place of.
        int from = deploy == 0 ? 0 : 120 * deploy - 6 + 4 * n;
        int to = deploy == 5 ? WINDOWS : 120 * (deploy + 1) + 4 * n;
        instance("v" + deploy + "-" + n, from, to);
      }
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void somebodyWhoDeploysUntilItWorksIsNoLoop() {
    instance("stays", 0, WINDOWS);
    loop("w-", 6, 480, Measure.OPERATION);
    deploy(478);
    deploy(508);
    assertThat(found()).isEmpty();
  }

  @Test
  void scalingOutAndInIsNoLoop() {
    instance("stays", 0, WINDOWS);
    for (int wave = 0; wave < 8; wave++) {
      for (int n = 0; n < 4; n++) {
        instance("wave" + wave + "-" + n, 400 + 40 * wave + n, 425 + 40 * wave + n);
      }
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void jobsMayEnd() {
    loop("job-", 8, 440, Measure.CPU_TIME);
    assertThat(found()).isEmpty();
  }
}
