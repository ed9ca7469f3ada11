package headroom.cli.load;

import headroom.cli.data.LocalStore;
import headroom.cli.data.ServerClient;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.load.report.ResultRollups;
import headroom.load.result.LoadResult;
import headroom.load.study.TestOutcome;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say where a test is remembered: in a folder, as the rollups that production
 * gives, or as an event at a running server, which gets the target's own telemetry anyhow.
 */
final class TestRecord {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "keep the result in this folder too, so that walls, findings and query read it like"
              + " production")
  private @Nullable Path folder;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "a Headroom server that watches the target: is told of the test, and names the stations"
              + " and retries behind what is found")
  private @Nullable URI server;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "the service that is tested (default: the target's address)")
  private @Nullable String service;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:HEADROOM_TOKEN}",
      description = "the token that the server wants, if it does")
  private @Nullable String token;

  /** The server that was named, null for none. */
  @Nullable ServerClient server() {
    return server == null ? null : new ServerClient(server, token);
  }

  /** What remembers results; opened before the test, so that it does not fail after an hour. */
  interface Sink extends AutoCloseable {
    /**
     * Keeps what came of a test.
     *
     * @param station that was full when it broke; empty when nobody knows
     */
    void keep(TestOutcome outcome, Optional<String> station, Terminal terminal);

    @Override
    void close();
  }

  Sink open() {
    LocalStore store = folder == null ? null : LocalStore.open(folder);
    return new Sink() {
      @Override
      public void keep(TestOutcome outcome, Optional<String> station, Terminal terminal) {
        LoadResult result = outcome.run();
        Event event = ResultRollups.event(outcome, name(result), station);
        if (store != null && folder != null) {
          keepIn(folder, store.rollups(), result, event, terminal);
        }
        if (server != null) {
          post(server, event, terminal);
        }
      }

      @Override
      public void close() {
        if (store != null) {
          store.close();
        }
      }
    };
  }

  private String name(LoadResult result) {
    return service == null ? result.plan().target().getRawAuthority() : service;
  }

  private void keepIn(
      Path place, RollupStore store, LoadResult result, Event event, Terminal terminal) {
    Measure measure = reportsItself(store, result) ? Measure.CLIENT_DURATION : Measure.ACTION;
    store.merge(ResultRollups.of(result, measure, name(result)));
    store.record(event);
    terminal.say(
        "kept in %s as %s of %s: headroom walls --data %s",
        place,
        measure == Measure.ACTION ? "actions" : "client durations beside its own telemetry",
        name(result),
        place);
  }

  /** Whether the traffic of that time is known already: counted again, it would be double. */
  private static boolean reportsItself(RollupStore store, LoadResult result) {
    Instant from = result.startedAt();
    Instant to = from.plusMillis((long) (result.generator().elapsedSeconds() * 1e3));
    var found = new AtomicBoolean();
    store.scan(
        Resolution.TEN_SECONDS,
        from.minusSeconds(Resolution.TEN_SECONDS.seconds()),
        to,
        Set.of(Measure.ACTION),
        series -> found.set(true));
    return found.get();
  }

  private void post(URI to, Event event, Terminal terminal) {
    try {
      new ServerClient(to, token).post(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UserError e) {
      // The test is over and its result matters more.
      terminal.say("the server was not told of the test: " + e.getMessage());
    }
  }
}
