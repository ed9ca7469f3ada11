package headroom.cli.load;

import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import headroom.load.engine.LiveSnapshot;
import headroom.load.study.Part;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.rollup.Cell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a load test goes, redrawn every second on a terminal, a plain line every ten seconds
 * elsewhere.
 *
 * <pre>
 *   testing █████████████░░░░░░░░░░░  54 %   1:21 of 2:30
 *   run 5 of 9: exchange + sign-in   1:09 left
 *   journeys  intended     50.0/s   arrived   4,050   ended   3,990   dropped 0
 *   requests  sent        118.2/s   total     9,571   failed     12 (0.1 %)
 *   now       users 63   in flight 12   connections 12
 *   response  p50 3.2 ms   p99 41 ms   generator late p99 0.2 ms
 *   p99       ▁▁▁▂▁▁▃▅▂▁▁▁
 * </pre>
 */
final class LiveView {
  private static final int HISTORY = 50;
  private static final int PLAIN_SECONDS = 10;
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private final Terminal terminal;
  private final double totalSeconds;
  private final boolean open;
  private final Deque<Double> tails = new ArrayDeque<>();
  private double nextPlainSeconds;
  private volatile @Nullable Part part;
  private long sentBefore;
  private double elapsedBefore;

  LiveView(Terminal terminal, Plan plan) {
    this.terminal = terminal;
    this.open = plan.profile() instanceof Profile.Open;
    this.totalSeconds = plan.profile().seconds();
  }

  /** Shows the run as it is now; called about once a second, by one thread at a time. */
  void show(LiveSnapshot now) {
    Cell all = new Cell();
    now.window().values().forEach(all::merge);
    if (now.elapsedSeconds() < elapsedBefore) {
      // Another run has begun, whose counts begin anew.
      sentBefore = 0;
      elapsedBefore = 0;
      nextPlainSeconds = 0;
    }
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
  void begins(Part next) {
    Part before = part;
    part = next;
    if (before == null || before.number() != next.number()) {
      nextPlainSeconds = 0;
    }
  }

  /** How far the whole of the test is, all its parts together. */
  private double elapsed(LiveSnapshot now) {
    Part present = part;
    return present == null
        ? now.elapsedSeconds()
        : present.doneSeconds(Math.max(0, now.elapsedSeconds()));
  }

  private double total(LiveSnapshot now) {
    Part present = part;
    return present == null ? totalSeconds : present.totalSeconds(Math.max(0, now.elapsedSeconds()));
  }

  private double share(LiveSnapshot now) {
    double total = total(now);
    return total > 0 ? Math.clamp(elapsed(now) / total, 0, 1) : 1;
  }

  /** Which part it is of how many, and how long it takes until the end. */
  private String describe(Part present, LiveSnapshot now) {
    String most = present.atMost() ? "at most " : "";
    return NumberText.format(
        "%s %d of %s%d: %s   %s%s left",
        present.kind(),
        present.number(),
        most,
        present.of(),
        present.what(),
        most,
        NumberText.clock(total(now) - elapsed(now)));
  }

  private String plain(LiveSnapshot now, Cell all, double sentPerSecond) {
    Part present = part;
    return NumberText.format(
        "testing %3.0f %%  %s%s%.1f requests/s, p50 %s, p99 %s, %d failed, %d dropped, late p99 %s",
        share(now) * 100,
        present == null ? "" : describe(present, now) + ", ",
        open ? NumberText.format("intended %.1f journeys/s, ", now.intendedPerSecond()) : "",
        sentPerSecond,
        time(all.quantile(0.5)),
        time(all.quantile(0.99)),
        now.errors(),
        now.dropped(),
        time(now.lag().quantile(0.99)));
  }

  private List<String> panel(LiveSnapshot now, Cell all, double sentPerSecond) {
    Part present = part;
    var lines = new ArrayList<String>();
    lines.add(
        NumberText.format(
            "testing %s %3.0f %%   %s of %s%s",
            Progress.bar(share(now)),
            share(now) * 100,
            NumberText.clock(elapsed(now)),
            present != null && present.atMost() ? "at most " : "",
            NumberText.clock(total(now))));
    if (present != null) {
      lines.add(describe(present, now));
    }
    lines.add(
        NumberText.format(
            "journeys  %s   arrived %,7d   ended %,7d   dropped %,d",
            open
                ? NumberText.format("intended %8.1f/s", now.intendedPerSecond())
                : "as many as end   ",
            now.arrivals(),
            now.journeysEnded(),
            now.dropped()));
    double failed = now.completed() == 0 ? 0 : 100.0 * now.errors() / now.completed();
    lines.add(
        NumberText.format(
            "requests  sent     %8.1f/s   total   %,7d   failed %,6d (%.1f %%)",
            sentPerSecond, now.sent(), now.errors(), Math.min(100, failed)));
    lines.add(
        NumberText.format(
            "now       users %,d   in flight %,d   connections %,d",
            now.users(), now.inFlight(), now.connections()));
    lines.add(
        NumberText.format(
            "response  p50 %s   p99 %s   generator late p99 %s",
            time(all.quantile(0.5)), time(all.quantile(0.99)), time(now.lag().quantile(0.99))));
    if (tails.size() > 1) {
      lines.add("p99       " + sparkline());
    }
    return lines;
  }

  /** The latest p99, one bar a second, the tallest being the worst of them. */
  private String sparkline() {
    double worst = tails.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    var line = new StringBuilder();
    for (double tail : tails) {
      int height = worst > 0 ? (int) Math.round(tail / worst * (BARS.length() - 1)) : 0;
      line.append(BARS.charAt(height));
    }
    return line + "  up to " + NumberText.shortDuration(worst);
  }

  private static String time(OptionalDouble seconds) {
    return NumberText.orDash(seconds, NumberText::shortDuration);
  }
}
