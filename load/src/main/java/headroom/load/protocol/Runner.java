package headroom.load.protocol;

import headroom.load.result.ConnectionStats;

/**
 * Does the steps of one protocol for the users of one event loop. Lives on that loop; what becomes
 * of a step is told to its {@link Actor}.
 */
public interface Runner {
  /**
   * Begins a step as soon as it can, those that waited longer first; false when too many wait and
   * nothing was kept. May tell the outcome before it returns.
   */
  boolean begin(Actor actor, Action action);

  /** A user will begin nothing more: what was kept for it alone is closed. */
  default void leave(Actor actor) {}

  /** Connections that are open now and can be used again. */
  default int openConnections() {
    return 0;
  }

  /**
   * Closes every connection; those who wait for one are told, those under way hear nothing.
   *
   * @param into takes what there is to say of the connections
   */
  void close(ConnectionStats into);
}
