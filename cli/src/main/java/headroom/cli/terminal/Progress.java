package headroom.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line that says how far a piece of work is. On a terminal a bar is redrawn; elsewhere, such as
 * in a build log, a plain line appears every ten seconds.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final long PLAIN_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LIVE_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  private final Terminal terminal;
  private final String title;
  private final LongSupplier nanoTime;
  private final long beganNanos;
  private long shownNanos;

  public Progress(Terminal terminal, String title, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.title = title;
    this.nanoTime = nanoTime;
    this.beganNanos = nanoTime.getAsLong();
    this.shownNanos = beganNanos - PLAIN_INTERVAL_NANOS;
  }

  /**
   * Says how far the work is, as often as a reader can follow.
   *
   * @param share 0..1 of the work done
   * @param detail what is going on just now
   */
  public void at(double share, String detail) {
    long now = nanoTime.getAsLong();
    long interval = terminal.isLive() ? LIVE_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS;
    if (now - shownNanos < interval) {
      return;
    }
    shownNanos = now;
    double clipped = Math.clamp(share, 0, 1);
    if (terminal.isLive()) {
      terminal.status("%s %s %3.0f %%  %s".formatted(title, bar(clipped), clipped * 100, detail));
    } else {
      terminal.say("%s %3.0f %%  %s", title, clipped * 100, detail);
    }
  }

  /** A bar that is full at 1. */
  public static String bar(double share) {
    int full = (int) Math.round(share * WIDTH);
    return "█".repeat(full) + "░".repeat(WIDTH - full);
  }

  /** Leaves one line that says what came of it and how long it took. */
  public void done(String result) {
    double seconds = (nanoTime.getAsLong() - beganNanos) / 1e9;
    terminal.say(String.format(Locale.ROOT, "%s: %s (%.1f s)", title, result, seconds));
  }

  @Override
  public void close() {
    terminal.clearStatus();
  }
}
