package headroom.load.result;

import java.util.Optional;

/**
 * A command that the plan had run at a time of its own.
 *
 * @param command the program and its arguments
 * @param atSeconds since the start of the schedule
 * @param failure why it failed, the end of its output included; empty when it succeeded
 */
public record Hook(String command, double atSeconds, Optional<String> failure) {}
