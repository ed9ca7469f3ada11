package headroom.wall.model;

import headroom.wall.evidence.Bursts;
import headroom.wall.evidence.Jobs;
import java.util.Optional;

/**
 * What multiples and response times refer to, and what else there may be than the stations.
 *
 * @param peakPerSecond the load of multiple one
 * @param responsesPerSecond the mean load at which the response times were taken
 * @param spanSeconds how long the history is
 * @param bursts how arrivals may wander
 * @param failing whether the objective fails at any load, so that only being full can be told
 * @param beside what something else than the traffic uses at times
 * @param hidden a server that nobody reports; empty where nothing hints at one
 */
public record Reference(
    double peakPerSecond,
    double responsesPerSecond,
    double spanSeconds,
    Bursts bursts,
    boolean failing,
    Optional<Jobs.Beside> beside,
    Optional<HiddenServer> hidden) {}
