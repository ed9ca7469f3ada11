package headroom.load.study;

import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadListener;

/** Is told how a test goes, from several threads. */
public interface TestListener extends LoadListener {
  /**
   * Another part of the work begins.
   *
   * @param share 0..1 of the work done, as far as that can be known
   */
  void begins(String what, double share);

  /** Something was found that is worth a line. */
  void news(String line);

  /** Listens to nothing. */
  static TestListener none() {
    return new TestListener() {
      @Override
      public void begins(String what, double share) {}

      @Override
      public void news(String line) {}

      @Override
      public void progress(LiveSnapshot now) {}
    };
  }
}
