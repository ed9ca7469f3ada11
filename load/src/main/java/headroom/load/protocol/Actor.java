package headroom.load.protocol;

import headroom.load.result.ErrorKind;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Someone whose step a protocol does, and who hears what becomes of it: a virtual user, or a single
 * call beside the load. All calls come on the event loop, in this order:
 *
 * <pre>
 *   sent ─┬─► ended, or triesAgain that is true ─► proceed
 *         ├─► failed ─► proceed
 *         ├─► ledOn, and again from the beginning
 *         └─► unsent, and again from the beginning
 * </pre>
 *
 * {@code failed} also comes without {@code sent}, of a step that never left.
 */
public interface Actor {
  /** The values of all variables by slot, absent while they have none; saved ones go in here. */
  @Nullable String[] values();

  /** Picks where there is a choice. */
  RandomGenerator random();

  /** What a protocol has remembered of this user in the present journey, absent for nothing. */
  @Nullable Object memory();

  /** Keeps something until the journey ends; one place, for the protocol of the plan's target. */
  void remember(@Nullable Object what);

  /** The step leaves, or has left at that moment in the loop's time. */
  void sent(Transmission transmission, long nanos);

  /** What was sent did not leave after all: it waits for another connection. */
  void unsent();

  /** So many bytes came as the body of an answer. */
  void received(long bytes);

  /** So much time lay between two messages of one stream. */
  void gap(double seconds);

  /** The answer asks for the same step at another place, which follows; its time goes on. */
  void ledOn();

  /** The other place cannot be asked, for too many wait: {@link Runner#begin} was false there. */
  void refused();

  /**
   * An answer has a status that is not expected.
   *
   * @return whether the step is to be sent again, so that this was only an attempt of it
   */
  boolean triesAgain(int status);

  /**
   * The outcome of a step that had left.
   *
   * @param failure what is wrong with it, null when nothing is
   */
  void ended(long nanos, @Nullable Complaint failure);

  /** There is no answer and will be none; {@link ErrorKind#wasSent} tells whether it had left. */
  void failed(ErrorKind kind, String detail);

  /** The outcome has been told and the connection is free again: time to go on. */
  void proceed();
}
