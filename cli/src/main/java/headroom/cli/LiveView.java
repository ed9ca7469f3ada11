package headroom.cli;

import headroom.load.engine.LiveSnapshot;
import headroom.load.journey.Plan;
import headroom.load.journey.Profile;
import headroom.rollup.Cell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How a load test goes, redrawn every second on a terminal, a plain line every ten seconds
 * elsewhere.
 *
 * <pre>
 *   testing █████████████░░░░░░░░░░░  54 %   1:21 of 2:30
 *   journeys  intended     50.0/s   arrived   4,050   ended   3,990   dropped 0
 *   requests  sent        118.2/s   total     9,571   failed     12 (0.1 %)
 *   now       users 63   in flight 12   connections 12
 *   response  p50 3.2 ms   p99 41 ms   generator late p99 0.2 ms
 *   p99       ▁▁▁▂▁▁▃▅▂▁▁▁
 * </pre>
 */
final class LiveView {
  private static final int WIDTH = 24;
  private static final int HISTORY = 60;
  private static final int PLAIN_SECONDS = 10;
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private final Terminal terminal;
  private final double totalSeconds;
  private final boolean open;
  private final Deque<Double> tails = new ArrayDeque<>();
  private double nextPlainSeconds;
  private volatile String part = "";
  private long sentBefore;
  private double elapsedBefore;

  LiveView(Terminal terminal, Plan plan) {
    this.terminal = terminal;
    this.open = plan.profile() instanceof Profile.Open;
    this.totalSeconds =
        switch (plan.profile()) {
          case Profile.Open profile ->
              profile.segments().stream().mapToDouble(s -> s.seconds()).sum();
          case Profile.Closed profile -> profile.duration().toMillis() / 1e3;
        };
  }

  /** Shows the run as it is now; called about once a second, by one thread at a time. */
  void show(LiveSnapshot now) {
    Cell all = new Cell();
    now.window().values().forEach(all::merge);
    double seconds = now.elapsedSeconds() - elapsedBefore;
    double sentPerSecond = seconds > 0 ? (now.sent() - sentBefore) / seconds : 0;
    sentBefore = now.sent();
    elapsedBefore = now.elapsedSeconds();
    all.quantile(0.99)
        .ifPresent(tail -> {
          tails.addLast(tail);
          if (tails.size() > HISTORY) {
            tails.removeFirst();
          }
        });
    if (terminal.isLive()) {
      terminal.panel(panel(now, all, sentPerSecond));
    } else if (now.elapsedSeconds() >= nextPlainSeconds) {
      nextPlainSeconds = now.elapsedSeconds() + PLAIN_SECONDS - 0.5;
      terminal.say(plain(now, all, sentPerSecond));
    }
  }

  /** Another part of the test begins; shown until the next. */
  void begins(String what) {
    part = what;
    elapsedBefore = 0;
    sentBefore = 0;
    nextPlainSeconds = 0;
  }

  private double share(LiveSnapshot now) {
    return totalSeconds > 0 ? Math.clamp(now.elapsedSeconds() / totalSeconds, 0, 1) : 1;
  }

  private String plain(LiveSnapshot now, Cell all, double sentPerSecond) {
    return text(
        "testing %3.0f %%  %s%.1f requests/s, p50 %s, p99 %s, %d failed, %d dropped, late p99 %s",
        share(now) * 100,
        open ? text("intended %.1f journeys/s, ", now.intendedPerSecond()) : "",
        sentPerSecond,
        millis(all.quantile(0.5)),
        millis(all.quantile(0.99)),
        now.errors(),
        now.dropped(),
        millis(now.lag().quantile(0.99)));
  }

  private List<String> panel(LiveSnapshot now, Cell all, double sentPerSecond) {
    int full = (int) Math.round(share(now) * WIDTH);
    var lines = new ArrayList<String>();
    lines.add(
        text(
                "testing %s%s %3.0f %%   %s of %s   %s",
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                share(now) * 100,
                clock(now.elapsedSeconds()),
                clock(totalSeconds),
                part)
            .stripTrailing());
    lines.add(
        text(
            "journeys  %s   arrived %,7d   ended %,7d   dropped %,d",
            open ? text("intended %8.1f/s", now.intendedPerSecond()) : "as many as end   ",
            now.arrivals(),
            now.journeysEnded(),
            now.dropped()));
    double failed = now.completed() == 0 ? 0 : 100.0 * now.errors() / now.completed();
    lines.add(
        text(
            "requests  sent     %8.1f/s   total   %,7d   failed %,6d (%.1f %%)",
            sentPerSecond, now.sent(), now.errors(), Math.min(100, failed)));
    lines.add(
        text(
            "now       users %,d   in flight %,d   connections %,d",
            now.users(), now.inFlight(), now.connections()));
    lines.add(
        text(
            "response  p50 %s   p99 %s   generator late p99 %s",
            millis(all.quantile(0.5)),
            millis(all.quantile(0.99)),
            millis(now.lag().quantile(0.99))));
    if (tails.size() > 1) {
      lines.add("p99       " + sparkline());
    }
    return lines;
  }

  /** The last minute of p99, the tallest bar being the worst of it. */
  private String sparkline() {
    double worst = tails.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    var line = new StringBuilder();
    for (double tail : tails) {
      int height = worst > 0 ? (int) Math.round(tail / worst * (BARS.length() - 1)) : 0;
      line.append(BARS.charAt(height));
    }
    return line + "  up to " + millis(OptionalDouble.of(worst));
  }

  private static String millis(OptionalDouble seconds) {
    if (seconds.isEmpty()) {
      return "-";
    }
    double value = seconds.getAsDouble() * 1e3;
    if (value >= 1_000) {
      return text("%.2f s", value / 1e3);
    }
    return text(value < 10 ? "%.2f ms" : "%.0f ms", value);
  }

  private static String clock(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return whole < 3_600
        ? text("%d:%02d", whole / 60, whole % 60)
        : text("%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
