package headroom.sim;

/** What can be seen of a virtual system from outside, as it happens. Times are virtual seconds. */
public interface Observer {
  /** A request of a user ended. */
  default void finished(
      int operation, int replica, double arrived, double seconds, boolean failed) {}

  /** A server of a pool was given back. */
  default void released(
      int station, int replica, int operation, double at, double held, double waited) {}

  /** Somebody waited too long for a pool, or found its queue full. */
  default void refused(int station, int replica, double at) {}

  default void statement(int operation, String text, double at, double seconds) {}

  /** A call ended as its caller sees it; {@code resends} attempts beyond the first were made. */
  default void called(
      int operation, String peer, double at, double seconds, int resends, boolean failed) {}

  /** One attempt of a call ended as its caller sees it. */
  default void attempted(int operation, String peer, double at, double seconds, boolean failed) {}

  /** A user's request that made calls ended; {@code resends} is over all of them, at any depth. */
  default void resent(int operation, double at, int resends) {}

  default void lookedUp(int station, int replica, double at, boolean hit) {}

  /** Sees nothing. */
  Observer NONE = new Observer() {};
}
