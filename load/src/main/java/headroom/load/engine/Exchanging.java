package headroom.load.engine;

import headroom.load.protocol.Transmission;
import org.jspecify.annotations.Nullable;

/**
 * A step that has left and whose outcome is awaited; it may be led from place to place. A link of
 * the {@link TimeoutList} of what is on its way with the same timeout.
 */
final class Exchanging implements UserState {
  private static final Transmission NONE = () -> {};

  /** Absent once it is over. */
  private @Nullable VirtualUser user;

  /** The attempts before this one, absent for nearly all. */
  private @Nullable Retrying attempts;

  private Transmission transmission = NONE;
  private long sentNanos;
  private long firstSentNanos;
  private boolean ledOn;
  @Nullable Exchanging before;
  @Nullable Exchanging after;

  Exchanging(VirtualUser user, @Nullable Retrying attempts) {
    this.user = user;
    this.attempts = attempts;
  }

  /** Becomes that of another step. */
  void renew(VirtualUser next, @Nullable Retrying before) {
    user = next;
    attempts = before;
    ledOn = false;
  }

  /** It is over and keeps nobody: there are as many of these as ever were at once. */
  void rest() {
    user = null;
    attempts = null;
    transmission = NONE;
  }

  VirtualUser user() {
    if (user == null) {
      throw new IllegalStateException("the step is over");
    }
    return user;
  }

  @Nullable Retrying attempts() {
    return attempts;
  }

  void sent(Transmission next, long nanos) {
    transmission = next;
    sentNanos = nanos;
  }

  /** The answer leads to another place; the service began with the first of the requests. */
  void leadOn() {
    transmission = NONE;
    if (!ledOn) {
      ledOn = true;
      firstSentNanos = sentNanos;
    }
  }

  Transmission transmission() {
    return transmission;
  }

  /** When what is on its way now left. */
  long sentNanos() {
    return sentNanos;
  }

  /** When the step left, before it was led anywhere. */
  long firstSentNanos() {
    return ledOn ? firstSentNanos : sentNanos;
  }
}
