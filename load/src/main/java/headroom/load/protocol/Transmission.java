package headroom.load.protocol;

/** A step under way. */
public interface Transmission {
  /** Gives up on it: nothing more is heard, and its connection is closed. */
  void abandon();
}
