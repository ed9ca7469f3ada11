package headroom.sim.weeks;

import java.time.Instant;
import java.util.List;

/**
 * The right answer about something that was planted.
 *
 * @param onset when it began
 * @param what the thing to blame, as telemetry names it; empty where the cause is none
 * @param affected {@code service operation} of everything that became slower, the one where it
 *     happened first
 */
public record WeeksTruth(Plant plant, Instant onset, String what, List<String> affected) {
  public WeeksTruth {
    affected = List.copyOf(affected);
  }
}
