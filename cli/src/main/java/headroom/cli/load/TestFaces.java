package headroom.cli.load;

import headroom.cli.terminal.Terminal;
import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadRun;
import headroom.load.study.Part;
import headroom.load.study.TestListener;
import headroom.plan.Plan;
import org.jspecify.annotations.Nullable;

/** All that shows a test while it goes on, and ends it when the user asks for that. */
final class TestFaces implements TestListener {
  private final Terminal terminal;
  private final LiveView view;
  private final @Nullable LiveEndpoint endpoint;
  private @Nullable OrderlyEnd present;
  private boolean ended;

  TestFaces(Terminal terminal, Plan plan, @Nullable LiveEndpoint endpoint) {
    this.terminal = terminal;
    this.view = new LiveView(terminal, plan);
    this.endpoint = endpoint;
  }

  @Override
  public synchronized void started(LoadRun run) {
    if (endpoint != null) {
      endpoint.show(run);
    }
    present = new OrderlyEnd(run, terminal);
    if (ended) {
      present.ask();
    }
  }

  /** Ends the run under way, and those that would follow. */
  synchronized void end() {
    ended = true;
    if (present != null) {
      present.ask();
    }
  }

  synchronized boolean wasEnded() {
    return ended;
  }

  @Override
  public void begins(Part part) {
    view.begins(part);
  }

  @Override
  public void news(String line) {
    terminal.say(line);
  }

  @Override
  public void progress(LiveSnapshot now) {
    view.show(now);
  }
}
