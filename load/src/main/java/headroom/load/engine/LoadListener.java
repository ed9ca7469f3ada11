package headroom.load.engine;

/** Is told about once a second how a run goes, on a thread of the run. */
@FunctionalInterface
public interface LoadListener {
  void progress(LiveSnapshot snapshot);

  /** Listens to nothing. */
  static LoadListener none() {
    return snapshot -> {};
  }

  /** A run has begun; a test may consist of several. */
  default void started(LoadRun run) {}
}
