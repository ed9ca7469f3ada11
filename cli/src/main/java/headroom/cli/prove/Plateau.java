package headroom.cli.prove;

import java.time.Instant;

/**
 * A load that was held for a while, with what it showed.
 *
 * @param from when it began
 * @param to when it ended
 * @param held whether the objective held
 * @param machine how busy the machine was meanwhile
 */
record Plateau(Instant from, Instant to, LoadLevel level, boolean held, HostLoad machine) {}
