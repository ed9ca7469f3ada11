package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.store.History;
import headroom.store.Planted;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Twenty requests a second that all keep a thread for 100 ms: two of eight threads are busy. */
class ServerThreadsTest {
  private static final int WINDOWS = 90;

  private static Planted requests(Measure measure, String instance, String operation) {
    return requests(new Planted(WINDOWS, 1), measure, instance, operation);
  }

  private static Planted requests(
      Planted planted, Measure measure, String instance, String operation) {
    return planted.visits(measure, instance, operation, "", t -> 200, 0.1);
  }

  private static StationUse threads(Planted planted, double meanLevel) {
    planted.visits(Measure.ACTION, "", "GET /", "", t -> 200, 0.1);
    planted.level(Measure.THREADS_LIMIT, "http", t -> 8);
    // Whole numbers around a mean, as whoever samples sees them.
    planted.level(
        Measure.THREADS_BUSY, "http", t -> Math.floor(meanLevel + planted.random.nextDouble()));
    History history = planted.history();
    return Stations.find(history, Traffic.of(history).orElseThrow()).stream()
        .filter(one -> one.kind() == StationKind.THREADS)
        .findFirst()
        .orElseThrow();
  }

  private static void isTimed(StationUse use) {
    assertThat(use.meanBusy()).isCloseTo(2, within(1e-9));
    assertThat(use.servers()).hasValue(8);
    assertThat(Objects.requireNonNull(use.hold()).mean()).isCloseTo(0.1, within(1e-6));
    assertThat(use.hold().cv2()).as("all take as long").isLessThan(0.01);
    assertThat(use.visitsPerSecond().orElseThrow()).isCloseTo(20, within(0.01));
  }

  @Test
  void timesOfRequestsTellHowBusyThreadsAreAndHowTimesDiffer() {
    StationUse use = threads(requests(Measure.OPERATION, "w-1", "GET /"), 2.4);
    isTimed(use);
    assertThat(use.notes().getFirst()).contains("2.0 threads are busy").contains("by samples");
  }

  @Test
  void requestMetricsTellItWithoutSpans() {
    isTimed(threads(requests(Measure.SERVER_DURATION, "w-1", "GET /"), 2));
  }

  @Test
  void requestMetricsTellItWhereSpansAreFew() {
    Planted planted = requests(Measure.SERVER_DURATION, "w-1", "GET /");
    planted.visits(Measure.OPERATION, "w-1", "GET /", "", t -> 20, 0.3);
    isTimed(threads(planted, 2));
  }

  @Test
  void whatConsumersDoKeepsNoThreadOfTheServer() {
    Planted planted = requests(Measure.OPERATION, "w-1", "GET /");
    isTimed(threads(requests(planted, Measure.OPERATION, "w-1", "process orders"), 2));
  }

  @Test
  void requestsThatLeaveTheirThreadAreNotItsUse() {
    StationUse use = threads(requests(Measure.OPERATION, "w-1", "GET /"), 0.5);
    assertThat(use.meanBusy()).isCloseTo(0.5, within(0.15));
    assertThat(use.hold()).isNull();
    assertThat(use.notes().getFirst()).contains("the samples are believed");
  }

  @Test
  void ofTwoPoolsNobodyKnowsWhoseTheRequestsAre() {
    Planted planted = requests(Measure.OPERATION, "w-1", "GET /");
    planted.level(Measure.THREADS_BUSY, "admin", t -> 0);
    planted.level(Measure.THREADS_LIMIT, "admin", t -> 8);
    assertThat(threads(planted, 2).hold()).isNull();
  }

  @Test
  void aPoolThatTimesItsRequestsNeedsNoOther() {
    Planted planted = requests(Measure.THREADS_DURATION, "w-1", "http");
    planted.level(Measure.THREADS_BUSY, "admin", t -> 0);
    isTimed(threads(planted, 2));
  }
}
