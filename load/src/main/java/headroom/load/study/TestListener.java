package headroom.load.study;

import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadListener;

/** Is told how a test goes, from several threads. */
public interface TestListener extends LoadListener {
  /** Another part of the work begins. */
  void begins(Part part);

  /** Something was found that is worth a line. */
  void news(String line);

  /** Listens to nothing. */
  static TestListener none() {
    return new TestListener() {
      @Override
      public void begins(Part part) {}

      @Override
      public void news(String line) {}

      @Override
      public void progress(LiveSnapshot now) {}
    };
  }
}
