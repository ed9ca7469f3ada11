package headroom.cli.prove;

import headroom.wall.Walls;
import java.time.Instant;

/**
 * A service at low load, as it was watched.
 *
 * @param from begin of what was predicted from
 * @param to its end
 * @param walls what is predicted from it
 * @param requestsPerJourney as sent
 * @param counted root operations that telemetry counts for each request that was sent
 * @param machine how busy the machine was meanwhile
 */
record Watched(
    Instant from,
    Instant to,
    Walls walls,
    double requestsPerJourney,
    double counted,
    HostLoad machine) {}
