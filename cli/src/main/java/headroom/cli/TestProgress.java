package headroom.cli;

import headroom.load.engine.LiveSnapshot;
import headroom.load.journey.Plan;
import headroom.load.journey.Profile;
import headroom.load.journey.Study;
import headroom.load.study.TestListener;
import headroom.rollup.Cell;

/** Shows on the terminal how a test goes: what was found as lines, how far it is as a bar. */
final class TestProgress implements TestListener, AutoCloseable {
  private final Terminal terminal;
  private final Progress progress;
  private final double totalSeconds;
  private volatile String part = "";
  private volatile double share;

  TestProgress(Terminal terminal, Plan plan) {
    this.terminal = terminal;
    this.progress = new Progress(terminal, "testing", System::nanoTime);
    this.totalSeconds = seconds(plan);
  }

  /** How long the load lasts, 0 when only its end will tell. */
  private static double seconds(Plan plan) {
    if (!(plan.study() instanceof Study.Run || plan.study() instanceof Study.Metastability)) {
      return 0;
    }
    return switch (plan.profile()) {
      case Profile.Open open -> open.segments().stream().mapToDouble(s -> s.seconds()).sum();
      case Profile.Closed closed -> closed.duration().toSeconds();
    };
  }

  @Override
  public void begins(String what, double shareDone) {
    part = what + ": ";
    share = shareDone;
  }

  @Override
  public void news(String line) {
    terminal.say(line);
  }

  @Override
  public void progress(LiveSnapshot now) {
    Cell all = new Cell();
    now.window().values().forEach(all::merge);
    double perSecond = now.windowSeconds() > 0 ? all.count() / now.windowSeconds() : 0;
    progress.at(
        totalSeconds > 0 ? now.elapsedSeconds() / totalSeconds : share,
        "%s%.1f journeys/s, %.0f requests/s, p99 %.0f ms, %d errors, %d dropped"
            .formatted(
                part,
                now.intendedPerSecond(),
                perSecond,
                1e3 * all.quantile(0.99).orElse(0),
                now.errors(),
                now.dropped()));
  }

  @Override
  public void close() {
    progress.close();
  }
}
