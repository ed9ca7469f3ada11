package headroom.wall.evidence;

import static headroom.wall.belief.Cores.CEILING_AS_ONE_NUMBER;
import static headroom.wall.belief.Limits.FEWEST_SAMPLES;

import headroom.model.Discipline;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.queueing.ServiceTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a history tells about one station: how many of its servers were busy when.
 *
 * @param servers what it has to give; empty when unknown
 * @param unit of the servers, such as {@code connections}
 * @param samples how busy it was, in order of time
 * @param hold how long one visit keeps a server busy; null when not told
 * @param visitsPerSecond visits over the time of the samples; empty when not told
 * @param notes what the reader should know about the source
 */
public record StationUse(
    Station station,
    OptionalDouble servers,
    String unit,
    List<Sample> samples,
    @Nullable ServiceTimes hold,
    OptionalDouble visitsPerSecond,
    List<String> notes) {
  public StationUse {
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  public String service() {
    return station.service();
  }

  public StationKind kind() {
    return station.kind();
  }

  public Discipline discipline() {
    return station.kind().discipline().orElseThrow();
  }

  /**
   * Whether the times of responses contain the wait for it: those that a service measures begin
   * when one of its threads took the request.
   */
  public boolean waitIsInResponses() {
    return kind() != StationKind.THREADS;
  }

  /**
   * Mean number of busy servers in windows [from, to) of the traffic.
   *
   * @param busy &gt;= 0
   */
  public record Sample(int from, int to, double busy) {}

  StationUse withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new StationUse(station, servers, unit, samples, hold, visitsPerSecond, more);
  }

  StationUse withSamples(List<Sample> others) {
    return new StationUse(station, servers, unit, others, hold, visitsPerSecond, notes);
  }

  StationUse withoutLimit() {
    return new StationUse(
        station, OptionalDouble.empty(), unit, samples, hold, visitsPerSecond, notes);
  }

  /** The same station seen only from this window on; all of it when too little would be left. */
  public StationUse from(int window) {
    List<Sample> later = samples.stream().filter(sample -> sample.from() >= window).toList();
    return window == 0 || later.size() < FEWEST_SAMPLES ? this : withSamples(later);
  }

  /** How many servers can be busy for requests, of those that it has. */
  public double usableServers() {
    return (discipline() == Discipline.SHARE ? CEILING_AS_ONE_NUMBER : 1) * servers.orElseThrow();
  }

  /** Mean number of busy servers over all samples; 0 without any. */
  public double meanBusy() {
    return meanBusy(samples);
  }

  static double meanBusy(List<Sample> samples) {
    double busy = 0;
    double length = 0;
    for (Sample sample : samples) {
      busy += sample.busy * (sample.to - sample.from);
      length += sample.to - sample.from;
    }
    return length == 0 ? 0 : busy / length;
  }
}
