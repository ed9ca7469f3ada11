package headroom.wall.evidence;

import static headroom.wall.belief.Cores.LEAST_OF_MACHINE;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.evidence.StationUse.Sample;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds how busy processors are. */
final class Processors {
  private static final Measure[] MEASURES =
      StationKind.CPU.measures().foundBy().toArray(Measure[]::new);

  private static final OptionalDouble NO_CORES = OptionalDouble.empty();
  private static final OptionalDouble WHOLE = OptionalDouble.of(1);
  private static final String SHARE_OF_MACHINE = "share of the machine";

  private final SeriesIndex index;
  private final Traffic traffic;
  private final Samples samples;

  Processors(SeriesIndex index, Traffic traffic, Samples samples) {
    this.index = index;
    this.traffic = traffic;
    this.samples = samples;
  }

  List<Thing> all() {
    return index.things(MEASURES);
  }

  /** The use of these processors, by instance. */
  Function<String, StationUse> use(Thing processor) {
    List<List<Series>> byInstance =
        processor.instances().stream().map(instance -> anyUse(processor, instance)).toList();
    if (!Scaling.followsTraffic(byInstance, traffic)) {
      return instance -> at(processor, instance);
    }
    return instance ->
        at(processor, instance)
            .withoutLimit()
            .withNote("instances come and go with the traffic; how many there may be is not told");
  }

  private List<Series> anyUse(Thing processor, String instance) {
    return Stream.of(MEASURES)
        .flatMap(measure -> index.at(measure, processor, instance).stream())
        .toList();
  }

  /**
   * The whole machine's use where it is told, since others may live there too; else the process's.
   */
  private StationUse at(Thing processor, String instance) {
    OptionalDouble cores =
        SeriesIndex.latest(index.ofInstance(Measure.CPU_COUNT, processor.service(), instance));
    if (cores.isEmpty()) {
      return withoutCores(processor, instance);
    }
    List<Sample> own = samples.ofSums(index.at(Measure.CPU_TIME, processor, instance));
    if (own.isEmpty()) {
      own = levels(Measure.CPU_UTILIZATION, processor, instance, cores);
    }
    List<Sample> host = levels(Measure.HOST_CPU_UTILIZATION, processor, instance, cores);
    StationUse process = processor(processor, cores, StationKind.CPU.unit(), own);
    StationUse machine = processor(processor, cores, StationKind.CPU.unit(), host);
    double ownBusy = process.meanBusy();
    double allBusy = machine.meanBusy();
    if (host.isEmpty() || allBusy < LEAST_OF_MACHINE * ownBusy) {
      return process.withNote("other processes on the same machine are not seen");
    }
    if (own.isEmpty()) {
      return machine;
    }
    List<Sample> alike =
        samples.ofLevels(
            index.at(Measure.HOST_CPU_UTILIZATION, processor, instance), cores.orElse(1), own);
    return machine
        .withSamples(Steadied.of(own, alike, host, cores.orElse(1)))
        .withNote(
            String.format(
                Locale.ROOT,
                "%.2f cores of the machine are busy on average, %.2f of them in this process",
                allBusy,
                ownBusy));
  }

  /**
   * A share of the machine is full at one, however many cores it has; seconds of processor time
   * alone tell how much is used and not how much there is.
   */
  private StationUse withoutCores(Thing processor, String instance) {
    List<Sample> machine = levels(Measure.HOST_CPU_UTILIZATION, processor, instance, NO_CORES);
    if (!machine.isEmpty()) {
      return processor(processor, WHOLE, SHARE_OF_MACHINE, machine);
    }
    List<Sample> share = levels(Measure.CPU_UTILIZATION, processor, instance, NO_CORES);
    if (!share.isEmpty()) {
      return processor(processor, WHOLE, SHARE_OF_MACHINE, share)
          .withNote("other processes on the same machine are not seen");
    }
    return processor(
            processor,
            NO_CORES,
            StationKind.CPU.unit(),
            samples.ofSums(index.at(Measure.CPU_TIME, processor, instance)))
        .withNote(
            "how many cores it may use is not reported, so no wall can be told: report"
                + " jvm.cpu.count (the OpenTelemetry Java agent does), system.cpu.logical.count or"
                + " another core count");
  }

  private static StationUse processor(
      Thing processor, OptionalDouble servers, String unit, List<Sample> busy) {
    return Stations.plain(
        new Station(processor.service(), StationKind.CPU, processor.subject()),
        servers,
        unit,
        busy);
  }

  private List<Sample> levels(
      Measure measure, Thing processor, String instance, OptionalDouble cores) {
    return samples.ofLevels(index.at(measure, processor, instance), cores.orElse(1));
  }
}
