package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.rollup.Resolution;
import headroom.sim.Activity;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Load;
import headroom.sim.Operation;
import headroom.sim.Reporting;
import headroom.sim.VirtualStation.Pool;
import headroom.sim.VirtualStation.Processor;
import headroom.sim.VirtualSystem;
import headroom.sim.Watch;
import headroom.store.History;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhatIfTest {
  /** Five connections held for 100 ms by two statements of 70 and 30 ms: full at 50 per second. */
  private static final History SEEN =
      Watch.history(
          VirtualSystem.of(
              "shop",
              List.of(Pool.of("main", 5), Processor.of("cpu", 4)),
              List.of(
                  new Operation(
                      "GET /a",
                      1,
                      new Activity.Work("cpu", new Exponential(0.002)),
                      new Activity.Hold(
                          "main",
                          statement("SELECT account", 0.07),
                          statement("INSERT log", 0.03))))),
          Load.waves(5, 16, 3_600),
          7_200,
          Reporting.usual(Resolution.MINUTE),
          5);

  private static Activity statement(String text, double seconds) {
    return new Activity.Statement(text, List.of(new Activity.Pause(new Exponential(seconds))));
  }

  private static Comparison compare(String... changes) {
    return WallPredictor.compare(
        SEEN,
        new Objective(0.99, 1, 0.01),
        () -> new SplittableRandom(1),
        WhatIf.parse(List.of(changes)));
  }

  private static Estimate change(String... changes) {
    Estimate change = compare(changes).change();
    assertThat(change).isNotNull();
    return change == null ? new Estimate(0, 0, 0, 0.9) : change;
  }

  @Test
  void nothingChangesNothing() {
    Estimate same = change();
    assertThat(same.low()).isEqualTo(1);
    assertThat(same.high()).isEqualTo(1);
  }

  @Test
  void aLargerPoolMovesItsWall() {
    // More than in proportion: a larger pool can be used more.
    assertThat(change("pool=shop/pool/main:10").median()).isBetween(2.0, 2.6);
    assertThat(change("pool=shop/pool/main:4").median()).isLessThan(0.85);
  }

  @Test
  void asManyInstancesAgainDoHalf() {
    assertThat(change("replicas=shop:2").median()).isCloseTo(2, within(0.15));
  }

  @Test
  void savedStatementsShortenVisits() {
    double cached = change("cache=INSERT log:1").median();
    assertThat(cached).isBetween(1.3, 1.6);
    assertThat(change("async=insert").median()).isCloseTo(cached, within(0.01));
    assertThat(change("fewer=INSERT log:0.5").median()).isBetween(1.1, 1.3);
  }

  @Test
  void changesAddUp() {
    assertThat(change("pool=shop/pool/main:10", "async=INSERT").median())
        .isGreaterThan(change("pool=shop/pool/main:10").median() * 1.2);
  }

  @Test
  void namesThatNothingHasAreToldWithTheNearest() {
    assertThatThrownBy(() -> compare("pool=shop/pool/mian:10"))
        .hasMessage("there is no station 'shop/pool/mian'; there is shop/pool/main, shop/cpu");
    assertThatThrownBy(() -> compare("async=DELETE")).hasMessageContaining("INSERT log");
    assertThatThrownBy(() -> compare("replicas=shopp:2")).hasMessageContaining("there is shop");
  }

  @Test
  void whatCannotBeReadIsTold() {
    assertThatThrownBy(() -> WhatIf.parse(List.of("pool=a")))
        .hasMessageContaining("a ':' and a number must follow");
    assertThatThrownBy(() -> WhatIf.parse(List.of("disk=a:1"))).hasMessageContaining("pool=");
    assertThatThrownBy(() -> WhatIf.parse(List.of("pool=a:1.5")))
        .hasMessageContaining("a whole number");
    assertThatThrownBy(() -> WhatIf.parse(List.of("cache=a:NaN")))
        .hasMessageContaining("must be a number");
    assertThatThrownBy(() -> WhatIf.parse(List.of("cache=a:1.5")))
        .hasMessageContaining("within 0..1");
    assertThatThrownBy(() -> WhatIf.parse(List.of("async=")))
        .hasMessageContaining("a name is missing");
    assertThat(WhatIf.parse(List.of("fewer=SELECT a::text:2")).changes())
        .containsExactly(new WhatIf.Change.Runs("SELECT a::text", 2));
  }
}
