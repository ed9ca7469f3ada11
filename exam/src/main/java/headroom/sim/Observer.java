package headroom.sim;

/** What can be seen of a virtual system from outside, as it happens. Times are virtual seconds. */
public interface Observer {
  /** A request of a user ended. */
  default void finished(
      int operation, int replica, double arrived, double seconds, boolean failed) {}

  /**
   * The same as the service itself sees it: from when one of its threads took the request, where it
   * has such threads. Nobody who measures there knows how long that took.
   */
  default void served(int operation, int replica, double begun, double seconds, boolean failed) {}

  /**
   * A server of a pool was given back. Where a pool has partitions, {@code replica} is the
   * partition, here and below.
   */
  default void released(
      int station, int replica, int operation, double at, double held, double waited) {}

  /** Somebody waited too long for a pool, or found its queue full. */
  default void refused(int station, int replica, double at) {}

  default void statement(int operation, String text, double at, double seconds) {}

  /** One attempt of a call ended as its caller sees it; {@code resend} attempts came before. */
  default void attempted(
      int operation, String peer, double begun, double seconds, int resend, boolean failed) {}

  /** Attempts beyond the first that a request, or a piece of a job, made in all. */
  default void resent(int operation, double arrived, int resends) {}

  /**
   * A call ended as its caller sees it, all attempts together; {@code resends} attempts beyond the
   * first were made.
   */
  default void called(
      int operation, String peer, double at, double seconds, int resends, boolean failed) {}

  /** A piece of a job is done. */
  default void workedOff(
      int operation, int replica, double begun, double seconds, boolean failed) {}

  /** A circuit breaker did not let a call through. */
  default void rejected(int operation, int replica, String peer, double at) {}

  /** A processor stood still while its memory was collected. */
  default void collected(int station, int replica, double at, double seconds) {}

  default void lookedUp(int station, int replica, double at, boolean hit) {}

  /** An observer that sees nothing. */
  Observer NONE = new Observer() {};
}
