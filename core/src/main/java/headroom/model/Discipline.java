package headroom.model;

/** What happens to a request when a station is busy: who waits, and where. */
public enum Discipline {
  /** It waits for its turn before it goes on: pools, server threads. */
  WAIT,
  /** It goes on at once, but slower: processors. */
  SHARE,
  /** It goes on; work for later piles up: queues and executors. */
  BACKLOG,
  /** It goes on until the limit refuses it: connections that a server allows. */
  LIMIT;

  /** Whether responses take longer for it. */
  public boolean delaysResponses() {
    return this == WAIT || this == SHARE;
  }
}
