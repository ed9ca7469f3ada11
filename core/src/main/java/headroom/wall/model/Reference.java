package headroom.wall.model;

import headroom.wall.evidence.Bursts;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What multiples and response times refer to, and what else there may be than the stations.
 *
 * @param peakPerSecond the load of multiple one
 * @param responsesPerSecond the mean load at which the response times were taken
 * @param spanSeconds how long the history is
 * @param bursts how arrivals may wander
 * @param failing whether the objective fails at any load, so that only being full can be told
 * @param jobs the system while something else than the traffic is at work
 * @param held the highest load at which the objective was seen to hold otherwise, as a multiple of
 *     the peak; empty where that was not seen
 * @param latencyError of today's response times, standard deviation in logarithms
 * @param ownError by which the busiest station was wrongly foretold from its own history, in
 *     logarithms; 0 where that is not known
 * @param hidden a server that nobody reports; empty where nothing hints at one
 */
public record Reference(
    double peakPerSecond,
    double responsesPerSecond,
    double spanSeconds,
    Bursts bursts,
    boolean failing,
    Optional<JobState> jobs,
    OptionalDouble held,
    double latencyError,
    double ownError,
    Optional<HiddenServer> hidden) {}
