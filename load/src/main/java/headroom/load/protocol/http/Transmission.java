package headroom.load.protocol.http;

/** A request under way. */
public interface Transmission {
  /** Gives up on it: the exchange hears nothing more, and its connection is closed. */
  void abandon();
}
