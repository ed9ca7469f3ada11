package headroom.wall.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.queueing.Erlang;
import headroom.queueing.Modulation;
import headroom.queueing.ServiceTimes;
import headroom.store.History;
import headroom.store.Planted;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.Demand;
import headroom.wall.evidence.DemandFit;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Spread;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.StationUse.Sample;
import headroom.wall.evidence.Traffic;
import headroom.wall.evidence.Watched;
import headroom.wall.model.Candidate.Visit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Responses of 100 ms, each of which keeps one of two servers that are busy at 80 %. */
class LoadModelTest {
  private static final double HOLD = 0.1;
  private static final double UTILIZATION = 0.8;
  private static final Deadline DEADLINE = new Deadline(0.5, 0.01);

  private static LoadModel model(StationKind kind) {
    var station = new Station("wallet", kind, "http");
    double perSecond = 2 * UTILIZATION / HOLD;
    History history =
        new Planted(30, 1)
            .with(
                Measure.ACTION,
                "",
                "GET /",
                "",
                (t, cell) -> {
                  for (int i = 0; i < 10 * perSecond; i++) {
                    cell.record(HOLD, false);
                  }
                })
            .history();
    Traffic traffic = Traffic.of(history).orElseThrow();
    List<Sample> samples =
        IntStream.range(1, 14)
            .mapToObj(i -> new Sample(2 * i, 2 * i + 2, 2 * UTILIZATION))
            .toList();
    var use =
        new StationUse(
            station,
            OptionalDouble.of(2),
            "servers",
            samples,
            ServiceTimes.gamma(HOLD, 1),
            OptionalDouble.of(perSecond),
            List.of());
    var watched = new Watched(use, DemandFit.of(use, traffic, perSecond), new Spread(1, 1));
    var candidate = new Candidate(0, watched, watched, Visit.of(use, DEADLINE, perSecond, HOLD), 0);
    var demand = new Demand(0, 2 * UTILIZATION, 0, new Demand.Crowd(0, 1, 0));
    var drawn = new StationModel.Drawn(candidate, demand, 1, 1);
    var flow = new Flow("GET /", 1, new double[] {HOLD}, new double[] {1}, Map.of(station, 1.0));
    return new LoadModel(
        List.of(flow),
        List.of(new StationModel(drawn, 0, Map.of(), 0)),
        DEADLINE,
        1,
        1,
        Modulation.NONE);
  }

  @Test
  void whatResponsesWaitForAPoolTodayIsInThem() {
    assertThat(model(StationKind.POOL).missing(1, new Growth.Together()))
        .isCloseTo(0, within(1e-6));
  }

  @Test
  void whatTheyWaitForAThreadIsNot() {
    double waiting = Erlang.c(2, UTILIZATION);
    double decay = 2 * (1 - UTILIZATION) / HOLD;
    double late = waiting * Math.exp(-decay * (DEADLINE.seconds() - HOLD));

    LoadModel model = model(StationKind.THREADS);
    assertThat(model.missing(1, new Growth.Together())).isCloseTo(late, within(0.1 * late));
    assertThat(model.missing(1, new Growth.Alone(new Station("wallet", StationKind.CPU, ""))))
        .as("also where something else grows")
        .isCloseTo(late, within(0.1 * late));
  }
}
