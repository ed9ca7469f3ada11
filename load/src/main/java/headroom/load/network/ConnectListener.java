package headroom.load.network;

/** Hears how long each connection took to open. */
@FunctionalInterface
public interface ConnectListener {
  void connected(ConnectTimes times);
}
