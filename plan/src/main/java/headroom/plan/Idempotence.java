package headroom.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How it is seen that a write which is sent again takes effect once. Every copy is the same to the
 * byte, its key included.
 *
 * @param copies how many are sent at once, at least 2
 * @param later how long after those one more is sent
 * @param same what must be equal in all answers; absent for status and whole body
 * @param verify how the effect is counted; absent when the answers have to do
 */
public record Idempotence(
    int copies, Duration later, Optional<JsonPath> same, Optional<Verify> verify) {
  /** Three at once and one a second later, whose answers must be equal. */
  public static final Idempotence DEFAULT =
      new Idempotence(3, Duration.ofSeconds(1), Optional.empty(), Optional.empty());

  public Idempotence {
    if (copies < 2 || copies > 100) {
      throw new IllegalArgumentException("copies must be 2..100, got " + copies);
    }
    if (later.isNegative() || later.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("later must be 0..10m, got " + later);
    }
  }

  /**
   * A request whose answer holds a number that one write changes. What one write does to it is
   * found by making one.
   *
   * @param read with the headers of the write where it has none of its own
   */
  public record Verify(Step.Request read, JsonPath number) {}
}
