package headroom.load.engine;

import headroom.load.result.StepKey;
import headroom.rollup.Cell;
import java.util.Map;

/**
 * A run as it is now.
 *
 * @param elapsedSeconds since the first possible arrival
 * @param intendedPerSecond the arrival rate of the profile now, 0 in the closed model
 * @param arrivals journeys that should have begun so far
 * @param sent requests so far
 * @param completed requests whose outcome is known
 * @param errors requests that failed so far
 * @param users under way, thinking or waiting
 * @param inFlight requests sent and not answered, or waiting for a connection
 * @param windowSeconds how far {@code window} reaches back
 * @param journeysEnded come to their end or aborted so far
 * @param lag how late the generator itself was so far, in seconds
 * @param window response times in seconds of requests intended within that time, by step
 */
public record LiveSnapshot(
    double elapsedSeconds,
    double intendedPerSecond,
    long arrivals,
    long dropped,
    long sent,
    long completed,
    long errors,
    int users,
    int inFlight,
    int connections,
    long journeysEnded,
    Cell lag,
    double windowSeconds,
    Map<StepKey, Cell> window) {
  /** What two parts of a run have counted, at the moment of this one; the window is this one's. */
  LiveSnapshot plus(LiveSnapshot other) {
    Cell lags = lag.copy();
    lags.merge(other.lag);
    return new LiveSnapshot(
        elapsedSeconds,
        intendedPerSecond,
        arrivals + other.arrivals,
        dropped + other.dropped,
        sent + other.sent,
        completed + other.completed,
        errors + other.errors,
        users + other.users,
        inFlight + other.inFlight,
        connections + other.connections,
        journeysEnded + other.journeysEnded,
        lags,
        windowSeconds,
        window);
  }

  LiveSnapshot withWindow(double seconds, Map<StepKey, Cell> responses) {
    return new LiveSnapshot(
        elapsedSeconds,
        intendedPerSecond,
        arrivals,
        dropped,
        sent,
        completed,
        errors,
        users,
        inFlight,
        connections,
        journeysEnded,
        lag,
        seconds,
        responses);
  }
}
