package headroom.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.requests.TraceShare.Basis;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Planted;
import headroom.store.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedRequestsTest {
  private static final int WINDOWS = 60;
  private static final int PER_WINDOW = 240;

  /** Traces of this share of the requests, beside metrics of all of them. */
  private static Planted sampled(double share, long seed) {
    var planted = new Planted(WINDOWS, seed);
    int traced = (int) Math.round(PER_WINDOW * share);
    planted
        .with(
            Measure.SERVER_DURATION,
            "one",
            "GET /a",
            "",
            (i, cell) -> planted.requests(cell, PER_WINDOW, 0.05))
        .with(Measure.ACTION, "", "GET /a", "", (i, cell) -> planted.requests(cell, traced, 0.05))
        .with(
            Measure.OPERATION, "", "GET /a", "", (i, cell) -> planted.requests(cell, traced, 0.05))
        .with(
            Measure.HOLD, "one", "GET /a", "db", (i, cell) -> planted.requests(cell, traced, 0.02))
        .with(
            Measure.STATEMENT,
            "",
            "SELECT 1",
            "GET /a",
            (i, cell) -> planted.requests(cell, 3 * traced, 0.006));
    return planted;
  }

  private static Cell total(History history, Measure measure) {
    Cell total = new Cell();
    history.of(measure).stream().map(Series::total).forEach(total::merge);
    return total;
  }

  @Test
  void ratesAreThoseOfRequestMetricsWhateverShareOfTracesIsKept() {
    for (double share : List.of(0.5, 0.1, 0.01)) {
      CountedRequests corrected = CountedRequests.of(sampled(share, 7).history());
      assertThat(total(corrected.history(), Measure.ACTION).count())
          .as("share %s", share)
          .isEqualTo((long) WINDOWS * PER_WINDOW);
      assertThat(corrected.services())
          .singleElement()
          .satisfies(service -> {
            assertThat(service.basis()).isEqualTo(Basis.METRICS);
            assertThat(service.share().orElseThrow()).isCloseTo(share, within(0.2 * share));
          });
    }
  }

  @Test
  void factsOfTracesCountForAllRequests() {
    History sampled = sampled(0.1, 7).history();
    History corrected = CountedRequests.of(sampled).history();
    assertThat(total(corrected, Measure.STATEMENT).count())
        .isCloseTo(3L * WINDOWS * PER_WINDOW, within(100L));
    assertThat(total(corrected, Measure.HOLD).sum())
        .isCloseTo(10 * total(sampled, Measure.HOLD).sum(), within(1e-6));
    assertThat(total(corrected, Measure.HOLD).quantile(0.9).orElseThrow())
        .isCloseTo(total(sampled, Measure.HOLD).quantile(0.9).orElseThrow(), within(1e-3));
  }

  @Test
  void errorsAreThoseOfMetricsWhenTracesKeepAllThatFail() {
    var planted = new Planted(WINDOWS, 3);
    planted
        .with(
            Measure.SERVER_DURATION,
            "one",
            "GET /a",
            "",
            (i, cell) -> {
              planted.requests(cell, PER_WINDOW - 1, 0.05);
              cell.record(0.05, true);
            })
        .with(
            Measure.ACTION,
            "",
            "GET /a",
            "",
            (i, cell) -> {
              planted.requests(cell, 10, 0.2);
              cell.record(0.05, true);
            })
        .with(
            Measure.OPERATION,
            "",
            "GET /a",
            "",
            (i, cell) -> {
              planted.requests(cell, 10, 0.2);
              cell.record(0.05, true);
            });
    Cell action = total(CountedRequests.of(planted.history()).history(), Measure.ACTION);
    assertThat((double) action.errors() / action.count()).isCloseTo(1.0 / PER_WINDOW, within(1e-9));
    assertThat(action.mean().orElseThrow()).isCloseTo(0.05, within(0.005));
  }

  @Test
  void completeTracesStayAsTheyAre() {
    History history = sampled(1, 7).history();
    CountedRequests read = CountedRequests.of(history);
    assertThat(read.history()).isSameAs(history);
    assertThat(read.services()).singleElement().matches(s -> s.basis() == Basis.TRACES);
  }

  @Test
  void requestMetricsAloneMakeOperations() {
    var planted = new Planted(WINDOWS, 7);
    planted.with(
        Measure.SERVER_DURATION,
        "one",
        "GET /a",
        "",
        (i, cell) -> planted.requests(cell, PER_WINDOW, 0.05));
    CountedRequests read = CountedRequests.of(planted.history());
    assertThat(total(read.history(), Measure.ACTION).count())
        .isEqualTo((long) WINDOWS * PER_WINDOW);
    assertThat(read.services()).singleElement().matches(s -> s.basis() == Basis.METRICS_ONLY);
  }

  /**
   * Two of four processes report metrics: nothing is known of the others', so nothing is scaled.
   */
  @Test
  void metricsThatCountFewerRequestsThanTracesAreNotBelieved() {
    var planted = sampled(1, 7);
    planted
        .with(
            Measure.ACTION, "", "GET /a", "", (i, cell) -> planted.requests(cell, PER_WINDOW, 0.05))
        .with(
            Measure.OPERATION,
            "",
            "GET /a",
            "",
            (i, cell) -> planted.requests(cell, PER_WINDOW, 0.05));
    History history = planted.history();
    CountedRequests read = CountedRequests.of(history);
    assertThat(read.history()).isSameAs(history);
    assertThat(read.services()).singleElement().matches(s -> s.basis() == Basis.CONTRADICTED);
  }

  @Test
  void whoseNamesDifferIsNotCounted() {
    var planted = new Planted(WINDOWS, 7);
    planted
        .with(
            Measure.SERVER_DURATION,
            "one",
            "GET",
            "",
            (i, cell) -> planted.requests(cell, PER_WINDOW, 0.05))
        .with(Measure.ACTION, "", "GET /a", "", (i, cell) -> planted.requests(cell, 24, 0.05))
        .with(Measure.OPERATION, "", "GET /a", "", (i, cell) -> planted.requests(cell, 24, 0.05));
    assertThat(CountedRequests.of(planted.history()).services())
        .singleElement()
        .matches(s -> s.basis() == Basis.CONTRADICTED);
  }
}
