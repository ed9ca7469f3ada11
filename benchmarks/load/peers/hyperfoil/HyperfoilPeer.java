import io.hyperfoil.core.impl.LocalBenchmarkData;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.core.parser.BenchmarkParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * GETs one URL over 64 connections with Hyperfoil's runner within one process: {@code URL SECONDS}
 * for a closed loop of 64 users, {@code URL SECONDS RATE} for evenly spaced starts.
 */
final class HyperfoilPeer {
  private static final int CONNECTIONS = 64;

  private HyperfoilPeer() {}

  public static void main(String[] args) throws Exception {
    String url = args[0];
    int path = url.indexOf('/', "http://".length());
    String load =
        args.length < 3
            ? "always: { users: %d, ".formatted(CONNECTIONS)
            : "constantRate: { usersPerSec: %s, variance: false, maxSessions: %d, "
                .formatted(args[2], 16 * CONNECTIONS);
    String plan =
        """
        name: peer
        threads: 1
        http: { host: "%s", sharedConnections: %d }
        phases:
        - look:
            %s duration: %ss, scenario: [ look: [ httpRequest: {
              GET: "%s", handler: { status: { range: 200 } } } ] ] }
        """
            .formatted(url.substring(0, path), CONNECTIONS, load, args[1], url.substring(path));
    var requests = new LongAdder();
    var failed = new LongAdder();
    var source = new ByteArrayInputStream(plan.getBytes(StandardCharsets.UTF_8));
    var benchmark =
        BenchmarkParser.instance().buildBenchmark(source, new LocalBenchmarkData(null), Map.of());
    new LocalSimulationRunner(
            benchmark,
            (phase, step, metric, snapshot, countDown) -> {
              requests.add(snapshot.responseCount);
              failed.add(snapshot.invalid + snapshot.connectionErrors + snapshot.requestTimeouts);
            },
            null,
            null)
        .run();
    System.out.printf("requests: %d, failed: %d%n", requests.sum(), failed.sum());
    System.exit(0);
  }
}
