package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.store.History;
import headroom.store.Planted;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Stations;
import headroom.wall.evidence.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationsTest {
  private static final int WINDOWS = 90;

  private static List<StationUse> found(Planted planted) {
    planted.with(Measure.ACTION, "w-1", "GET /", "", (t, cell) -> planted.requests(cell, 50, 0.02));
    History history = planted.history();
    return Stations.find(history, Traffic.of(history).orElseThrow());
  }

  @Test
  void whatTheCatalogueSaysIsEnoughForPlainKinds() {
    Planted planted =
        new Planted(WINDOWS, 1)
            .with(Measure.THREADS_BUSY, "w-1", "http", "", (t, c) -> c.sample(3, Planted.nanos(t)))
            .with(Measure.THREADS_LIMIT, "w-1", "http", "", (t, c) -> c.sample(8, Planted.nanos(t)))
            .with(Measure.QUEUE_PROCESS, "w-1", "mail", "", (t, cell) -> cell.record(5, false));

    List<StationUse> found = found(planted);

    assertThat(found)
        .extracting(StationUse::station)
        .containsExactly(
            new Station("wallet", StationKind.THREADS, "http"),
            new Station("wallet", StationKind.QUEUE, "mail"));
    assertThat(found.getFirst().servers()).hasValue(8);
    assertThat(found.getFirst().unit()).isEqualTo("threads");
    assertThat(found.getFirst().meanBusy()).isCloseTo(3, within(1e-9));
    assertThat(found.getLast().servers()).isEmpty();
    assertThat(found.getLast().meanBusy()).isCloseTo(0.5, within(1e-9));
  }

  private static Planted processed(Planted planted, String instance, String part, double seconds) {
    return planted.with(
        Measure.QUEUE_PROCESS, instance, "orders", part, (t, cell) -> cell.record(seconds, false));
  }

  @Test
  void theBusiestPartitionOfAQueueHasOneConsumer() {
    var planted = new Planted(WINDOWS, 1);
    processed(planted, "w-1", "0", 1);
    processed(planted, "w-1", "1", 4);
    processed(planted, "w-2", "1", 2);
    processed(planted, "w-2", "2", 3);

    StationUse partition = found(planted).getLast();

    assertThat(partition.station())
        .isEqualTo(new Station("wallet", StationKind.PARTITION, "orders/1"));
    assertThat(partition.meanBusy()).as("wherever it was worked off").isCloseTo(0.6, within(1e-9));
    assertThat(partition.servers()).hasValue(1);
    assertThat(partition.notes()).containsExactly("the busiest of 3 partitions is judged");
    assertThat(Wording.breaks(partition, Objective.DEFAULT)).contains("more partitions");
  }

  @Test
  void aPartitionThatManyWorkOnHasNoLimitThatIsKnown() {
    StationUse partition = found(processed(new Planted(WINDOWS, 1), "w-1", "0", 25)).getLast();

    assertThat(partition.servers()).isEmpty();
    assertThat(partition.notes())
        .containsExactly("it usually has 1 to work on it, yet 2.5 were at work on average");
  }

  @Test
  void aQueueThatTellsNoPartitionsHasNone() {
    assertThat(found(processed(new Planted(WINDOWS, 1), "w-1", "", 4)))
        .extracting(StationUse::kind)
        .containsExactly(StationKind.QUEUE);
  }

  private static StationUse processor(Planted planted) {
    return found(planted).stream()
        .filter(use -> use.kind() == StationKind.CPU)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void processorTimeWithoutACountOfCoresTellsNoLimit() {
    StationUse cpu =
        processor(
            new Planted(WINDOWS, 1)
                .with(Measure.CPU_TIME, "w-1", "", "", (t, cell) -> cell.increase(8.5)));

    assertThat(cpu.servers()).isEmpty();
    assertThat(cpu.meanBusy()).isCloseTo(0.85, within(1e-9));
    assertThat(cpu.notes()).singleElement().asString().contains("jvm.cpu.count");
  }

  @Test
  void aShareOfTheMachineIsFullAtOneHoweverManyCoresThereAre() {
    StationUse cpu =
        processor(
            new Planted(WINDOWS, 1)
                .with(Measure.CPU_TIME, "w-1", "", "", (t, cell) -> cell.increase(24))
                .with(
                    Measure.HOST_CPU_UTILIZATION,
                    "w-1",
                    "",
                    "",
                    (t, cell) -> cell.sample(0.3, Planted.nanos(t))));

    assertThat(cpu.servers()).hasValue(1);
    assertThat(cpu.unit()).isEqualTo("share of the machine");
    assertThat(cpu.meanBusy()).isCloseTo(0.3, within(1e-9));
  }
}
