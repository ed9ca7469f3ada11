package headroom.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.requests.TraceShare.Basis;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Planted;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingTest {
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
      UserRequests corrected = UserRequests.of(sampled(share, 7).history());
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
    History corrected = UserRequests.of(sampled).history();
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
    Cell action = total(UserRequests.of(planted.history()).history(), Measure.ACTION);
    assertThat((double) action.errors() / action.count()).isCloseTo(1.0 / PER_WINDOW, within(1e-9));
    assertThat(action.mean().orElseThrow()).isCloseTo(0.05, within(0.005));
  }

  @Test
  void completeTracesStayAsTheyAre() {
    History history = sampled(1, 7).history();
    UserRequests read = UserRequests.of(history);
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
    UserRequests read = UserRequests.of(planted.history());
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
    UserRequests read = UserRequests.of(history);
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
    assertThat(UserRequests.of(planted.history()).services())
        .singleElement()
        .matches(s -> s.basis() == Basis.CONTRADICTED);
  }

  /** The series of another service beside those of a history. */
  private static History with(History history, Planted other, String service) {
    List<Series> all = new ArrayList<>();
    history.series().values().forEach(all::addAll);
    for (List<Series> ofMeasure : other.history().series().values()) {
      for (Series one : ofMeasure) {
        SeriesKey key = one.key();
        all.add(
            new Series(
                new SeriesKey(key.measure(), service, key.instance(), key.subject(), key.detail()),
                one.windows()));
      }
    }
    return History.of(history.resolution(), history.from(), history.to(), all, List.of());
  }

  private static Planted traced(int perWindow) {
    var planted = new Planted(WINDOWS, 11);
    for (Measure measure : List.of(Measure.ACTION, Measure.OPERATION)) {
      planted.with(
          measure, "", "POST /b", "", (i, cell) -> planted.requests(cell, perWindow, 0.05));
    }
    return planted;
  }

  @Test
  void aServiceWithoutMetricsIsWeightedAsThoseAroundIt() {
    UserRequests read = UserRequests.of(with(sampled(0.1, 7).history(), traced(6), "other"));
    assertThat(read.services())
        .extracting(TraceShare::basis)
        .containsExactly(Basis.METRICS, Basis.WEIGHTED);
    assertThat(total(read.history(), Measure.ACTION).count())
        .isCloseTo((long) WINDOWS * (PER_WINDOW + 60), within(20L));
  }

  @Test
  void whatIsReadSeriesBySeriesAddsUpToTheActions() {
    History history = with(sampled(0.1, 7).history(), traced(6), "other");
    UserRequests read = UserRequests.of(history);
    long load =
        UserRequests.LOAD.stream()
            .flatMap(measure -> history.of(measure).stream())
            .flatMap(series -> read.load(series).stream())
            .mapToLong(series -> series.total().count())
            .sum();
    assertThat(load).isEqualTo(total(read.history(), Measure.ACTION).count());
  }

  @Test
  void callsBetweenServicesAreNoLoadOfUsers() {
    var planted = sampled(0.1, 7);
    planted
        .with(
            Measure.SERVER_DURATION,
            "one",
            "POST /inner",
            "",
            (i, cell) -> planted.requests(cell, 2 * PER_WINDOW, 0.02))
        .with(
            Measure.OPERATION,
            "",
            "POST /inner",
            "",
            (i, cell) -> planted.requests(cell, PER_WINDOW / 5, 0.02));
    Cell actions = total(UserRequests.of(planted.history()).history(), Measure.ACTION);
    assertThat(actions.count()).isEqualTo((long) WINDOWS * PER_WINDOW);
  }

  /** Agents are often told to leave out spans of probes; metrics count them all the same. */
  @Test
  void probesThatAreCountedButNotTracedAreNoSampling() {
    var planted = sampled(1, 7);
    planted.with(
        Measure.SERVER_DURATION,
        "one",
        "GET /healthz",
        "",
        (i, cell) -> planted.requests(cell, PER_WINDOW, 0.001));
    History history = planted.history();
    UserRequests read = UserRequests.of(history);
    assertThat(read.history()).isSameAs(history);
    assertThat(read.services()).singleElement().matches(s -> s.basis() == Basis.TRACES);
  }

  @Test
  void aServiceWithMetricsAloneBesideTracedOnesIsSaidToBe() {
    var other = new Planted(WINDOWS, 3);
    other.with(
        Measure.SERVER_DURATION,
        "one",
        "GET /c",
        "",
        (i, cell) -> other.requests(cell, PER_WINDOW, 0.01));
    UserRequests read = UserRequests.of(with(sampled(1, 7).history(), other, "untraced"));
    assertThat(read.services())
        .extracting(TraceShare::basis)
        .containsExactly(Basis.TRACES, Basis.UNTRACED);
    assertThat(total(read.history(), Measure.ACTION).count())
        .isEqualTo((long) WINDOWS * PER_WINDOW);
  }

  @Test
  void rareErrorsAreNeitherLostNorAdded() {
    var planted = new Planted(WINDOWS, 3);
    planted
        .with(
            Measure.SERVER_DURATION,
            "one",
            "GET /a",
            "",
            (i, cell) -> {
              planted.requests(cell, 99, 0.05);
              cell.record(0.05, true);
            })
        .with(Measure.OPERATION, "", "GET /a", "", (i, cell) -> planted.requests(cell, 10, 0.05))
        .with(Measure.ACTION, "", "GET /a", "", (i, cell) -> planted.requests(cell, 4, 0.05));
    Cell action = total(UserRequests.of(planted.history()).history(), Measure.ACTION);
    assertThat(action.count()).isEqualTo(40L * WINDOWS);
    assertThat((double) action.errors() / action.count()).isCloseTo(0.01, within(0.001));
  }
}
