package headroom.load.result;

import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that one worker has measured; merging those of all workers gives the run. Times are in
 * seconds. Not safe for use by several threads.
 */
public final class RunStats {
  private final List<StepStats> steps = new ArrayList<>();
  private final List<Cell> journeys = new ArrayList<>();
  private final Map<String, Cell> groups = new LinkedHashMap<>();
  private final List<Cell> groupsByIndex;
  private final Timeline timeline;
  private final Cell lag = new Cell();
  private final ConnectionStats connections = new ConnectionStats();
  private long arrivals;
  private long dropped;
  private long sent;
  private long journeysFinished;
  private long journeysAborted;
  private long journeysUnfinished;

  public RunStats(List<StepKey> stepKeys, int journeyCount) {
    this(stepKeys, journeyCount, List.of());
  }

  public RunStats(List<StepKey> stepKeys, int journeyCount, List<String> groupNames) {
    groupNames.forEach(name -> groups.put(name, new Cell()));
    groupsByIndex = List.copyOf(groups.values());
    stepKeys.forEach(key -> steps.add(new StepStats(key)));
    for (int i = 0; i < journeyCount; i++) {
      journeys.add(new Cell());
    }
    timeline = new Timeline(stepKeys.size());
  }

  /** A journey should begin at that time since the start of the run. */
  public void arrival(double intendedSeconds) {
    arrivals++;
    timeline.at(intendedSeconds).arrival();
  }

  /** It never did. */
  public void drop(double intendedSeconds) {
    dropped++;
    timeline.at(intendedSeconds).drop();
  }

  /** How late the generator itself noticed that something was due. */
  public void lag(double seconds) {
    lag.record(Math.max(0, seconds), false);
  }

  /** A request left; {@code nowSeconds} since the start of the run. */
  public void sent(double nowSeconds, int inFlight) {
    sent++;
    Interval now = timeline.at(nowSeconds);
    now.sent();
    now.inFlight(inFlight);
  }

  /** A request that had been counted as sent did not leave after all. */
  public void unsend(double sentSeconds) {
    sent--;
    timeline.at(sentSeconds).unsend();
  }

  /** The outcome of a request that was sent. */
  public void completed(
      int step,
      double intendedSeconds,
      double queuedSeconds,
      double serviceSeconds,
      boolean error) {
    steps.get(step).record(queuedSeconds, serviceSeconds, error);
    Interval intended = timeline.at(intendedSeconds);
    intended.record(step, queuedSeconds + serviceSeconds, error);
    if (error) {
      intended.fail();
    }
    timeline.at(intendedSeconds + queuedSeconds + serviceSeconds).completed();
  }

  /** A request that failed without having been sent. */
  public void unsent(int step, double intendedSeconds, ErrorKind kind, String detail) {
    steps.get(step).fail(kind, detail);
    timeline.at(intendedSeconds).fail();
  }

  /** A journey came to its end; {@code seconds} is the sum of its response times. */
  public void journeyFinished(int journey, double seconds) {
    journeysFinished++;
    journeys.get(journey).record(seconds, false);
  }

  /** A journey ended at a step that failed. */
  public void journeyAborted(int journey, double seconds) {
    journeysAborted++;
    journeys.get(journey).record(seconds, true);
  }

  /** A user left a group; {@code seconds} is the sum of its response times. */
  public void groupEnded(int group, double seconds, boolean aborted) {
    groupsByIndex.get(group).record(seconds, aborted);
  }

  /** A journey was under way when the run ended. */
  public void journeyUnfinished() {
    journeysUnfinished++;
  }

  public void merge(RunStats other) {
    mergeTotals(other);
    timeline.merge(other.timeline);
  }

  private void mergeTotals(RunStats other) {
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).merge(other.steps.get(i));
    }
    for (int i = 0; i < journeys.size(); i++) {
      journeys.get(i).merge(other.journeys.get(i));
    }
    for (int i = 0; i < groupsByIndex.size(); i++) {
      groupsByIndex.get(i).merge(other.groupsByIndex.get(i));
    }
    lag.merge(other.lag);
    connections.merge(other.connections);
    arrivals += other.arrivals;
    dropped += other.dropped;
    sent += other.sent;
    journeysFinished += other.journeysFinished;
    journeysAborted += other.journeysAborted;
    journeysUnfinished += other.journeysUnfinished;
  }

  public RunStats copy() {
    RunStats copy = copyOfTotals();
    copy.timeline.merge(timeline);
    return copy;
  }

  /** A copy with an empty timeline, which costs little while a run goes on. */
  public RunStats copyOfTotals() {
    var copy =
        new RunStats(
            steps.stream().map(StepStats::key).toList(),
            journeys.size(),
            List.copyOf(groups.keySet()));
    copy.mergeTotals(this);
    return copy;
  }

  public List<StepStats> steps() {
    return steps;
  }

  /** By index of the journey in the plan: the sum of response times of each one begun. */
  public List<Cell> journeys() {
    return journeys;
  }

  /**
   * By name: the sum of response times of each passage through a group; errors are aborted ones.
   */
  public Map<String, Cell> groups() {
    return Collections.unmodifiableMap(groups);
  }

  public Timeline timeline() {
    return timeline;
  }

  public Cell lag() {
    return lag;
  }

  /** What was measured of connections rather than of requests. */
  public ConnectionStats connections() {
    return connections;
  }

  public long arrivals() {
    return arrivals;
  }

  public long dropped() {
    return dropped;
  }

  /** Requests that left. */
  public long sent() {
    return sent;
  }

  /** Requests that failed, those that never left included. */
  public long errors() {
    return steps.stream().mapToLong(StepStats::failed).sum();
  }

  /** Requests that were sent or should have been. */
  public long requests() {
    return steps.stream().mapToLong(StepStats::count).sum();
  }

  /** Requests that were answered, rightly or wrongly. */
  public long answered() {
    return steps.stream().mapToLong(StepStats::answered).sum();
  }

  public long journeysFinished() {
    return journeysFinished;
  }

  public long journeysAborted() {
    return journeysAborted;
  }

  public long journeysUnfinished() {
    return journeysUnfinished;
  }

  /** Response times of all steps together. */
  public Cell allResponses() {
    var all = new Cell();
    steps.forEach(step -> all.merge(step.response()));
    return all;
  }
}
