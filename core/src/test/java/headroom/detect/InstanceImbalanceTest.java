package headroom.detect;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.requests.UserRequests;
import headroom.store.History;
import headroom.store.Planted;
import headroom.wall.Objectives;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceImbalanceTest {
  private static final int WINDOWS = 60;
  private static final int PER_WINDOW = 300;

  private static List<Finding> imbalances(Planted planted) {
    History history = planted.history();
    return new InstanceImbalance().detect(Observation.of(history, Objectives.DEFAULT));
  }

  /** An instance that is there in windows [from, to). */
  private static void instance(Planted planted, String name, int from, int to, double perWindow) {
    planted.with(
        Measure.OPERATION_SELF,
        name,
        "GET /a",
        "",
        (i, cell) -> {
          if (i >= from && i < to) {
            planted.requests(cell, (int) Math.round(perWindow), 0.02);
          }
        });
    planted.with(
        Measure.CPU_TIME,
        name,
        "",
        "",
        (i, cell) -> {
          if (i >= from && i < to) {
            cell.increase(perWindow * 0.01);
          }
        });
  }

  @Test
  void aRollingDeployIsNoImbalance() {
    for (int at : List.of(20, 46, 50, 55)) {
      var planted = new Planted(WINDOWS, 4);
      for (int n = 0; n < 3; n++) {
        instance(planted, "a" + n, 0, at + n, PER_WINDOW / 3.0);
        instance(planted, "b" + n, at + n, WINDOWS, PER_WINDOW / 3.0);
      }
      assertThat(imbalances(planted)).as("deployed at window %d", at).isEmpty();
    }
  }

  @Test
  void scalingOutIsNoImbalance() {
    var planted = new Planted(WINDOWS, 4);
    for (int n = 0; n < 2; n++) {
      planted.with(
          Measure.OPERATION_SELF,
          "w" + n,
          "GET /a",
          "",
          (i, cell) -> planted.requests(cell, i < 50 ? PER_WINDOW / 2 : PER_WINDOW / 6, 0.02));
    }
    for (int n = 2; n < 6; n++) {
      instance(planted, "w" + n, 50, WINDOWS, PER_WINDOW / 6.0);
    }
    assertThat(imbalances(planted)).isEmpty();
  }

  @Test
  void aHotInstanceIsNamedThoughOthersCameAndWent() {
    var planted = new Planted(WINDOWS, 4);
    instance(planted, "a", 0, 48, 100);
    instance(planted, "b", 48, WINDOWS, 100);
    instance(planted, "c", 0, WINDOWS, 100);
    instance(planted, "hot", 0, WINDOWS, 250);
    assertThat(imbalances(planted))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.summary())
                .startsWith("instance hot gets 1.67 times its even share"));
  }

  @Test
  void anInstanceThatGetsNothingIsThereAllTheSame() {
    var planted = new Planted(WINDOWS, 4);
    instance(planted, "busy", 0, WINDOWS, 200);
    planted.with(Measure.CPU_TIME, "idle", "", "", (i, cell) -> cell.increase(0.001));
    planted.with(
        Measure.OPERATION_SELF,
        "idle",
        "GET /a",
        "",
        (i, cell) -> {
          if (i == 0) {
            cell.record(0.02, false);
          }
        });
    assertThat(imbalances(planted))
        .singleElement()
        .satisfies(finding -> assertThat(finding.summary()).startsWith("instance busy gets 2.0"));
  }

  /** Twenty traces an instance, each of which stands for a hundred requests. */
  @Test
  void sampledTracesAreNoEvidenceOfImbalance() {
    var planted = new Planted(WINDOWS, 4);
    for (String name : List.of("a", "b")) {
      planted.with(
          Measure.SERVER_DURATION, name, "GET /a", "", (i, cell) -> planted.requests(cell, 200, 1));
      planted.with(
          Measure.OPERATION_SELF,
          name,
          "GET /a",
          "",
          (i, cell) ->
              planted.requests(cell, i % 5 == 0 || (name.equals("a") && i % 2 == 0) ? 2 : 0, 1));
    }
    for (Measure measure : List.of(Measure.ACTION, Measure.OPERATION)) {
      planted.with(measure, "", "GET /a", "", (i, cell) -> planted.requests(cell, 4, 1));
    }
    var requests = UserRequests.of(planted.history());
    assertThat(new InstanceImbalance().detect(Observation.of(requests, Objectives.DEFAULT)))
        .isEmpty();
  }
}
