package headroom.cli.prove;

import java.time.Instant;

/**
 * A load that was held for a while, with what it showed.
 *
 * @param from when it began
 * @param to when it ended
 * @param held whether the objective held
 * @param valid whether it tells of the target, and not of a load generator that was late itself
 * @param machine how busy the machine was meanwhile
 */
record Plateau(
    Instant from, Instant to, LoadLevel level, boolean held, boolean valid, HostLoad machine) {}
