package headroom.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The system under observation: a PostgreSQL some milliseconds away and the wallet service before
 * it, each in its own process, the service under the OpenTelemetry Java agent. Nothing in them
 * knows Headroom.
 */
public final class WalletSystem implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ChildProcess database;
  private final ChildProcess service;
  private final URI address;
  private final String jdbcUrl;

  /**
   * Where the two listen on loopback; 0 for a free port.
   *
   * @param service of the wallet's API
   * @param database of PostgreSQL, for whoever writes to it directly
   */
  public record Ports(int service, int database) {
    public static final Ports FREE = new Ports(0, 0);
  }

  private WalletSystem(ChildProcess database, ChildProcess service, URI address, String jdbcUrl) {
    this.database = database;
    this.service = service;
    this.address = address;
    this.jdbcUrl = jdbcUrl;
  }

  /**
   * Starts both and waits until the service answers.
   *
   * @param folder for the programs and their logs
   * @param knobs options of the service, as on its command line
   * @param otlp where the agent sends telemetry
   */
  public static WalletSystem start(Path folder, List<String> knobs, URI otlp)
      throws IOException, InterruptedException {
    return start(folder, knobs, otlp, Ports.FREE);
  }

  /** As above, at ports of one's own. */
  public static WalletSystem start(Path folder, List<String> knobs, URI otlp, Ports ports)
      throws IOException, InterruptedException {
    Path wallet = unpack("wallet.jar", folder);
    Path agent = unpack("opentelemetry-javaagent.jar", folder);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    ChildProcess database =
        ChildProcess.start(
            "the database",
            List.of(
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-jar",
                wallet.toString(),
                "database",
                "--port",
                Integer.toString(ports.database()),
                "--exit-with-parent"),
            Map.of(),
            folder.resolve("database.log"),
            "database ready: ");
    try {
      String jdbcUrl = database.awaitReady(PATIENCE);
      ChildProcess service =
          ChildProcess.start(
              "the wallet service",
              serviceCommand(java, agent, wallet, jdbcUrl, ports.service(), knobs),
              agentSettings(otlp),
              folder.resolve("wallet.log"),
              "wallet ready: ");
      try {
        return new WalletSystem(
            database, service, URI.create(service.awaitReady(PATIENCE)), jdbcUrl);
      } catch (IOException | InterruptedException e) {
        service.close();
        throw e;
      }
    } catch (IOException | InterruptedException e) {
      database.close();
      throw e;
    }
  }

  private static List<String> serviceCommand(
      String java, Path agent, Path wallet, String jdbcUrl, int port, List<String> knobs) {
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // quick to start, and the same cost from the first
                // minute
                "-javaagent:" + agent,
                "-jar",
                wallet.toString(),
                "--port",
                Integer.toString(port),
                "--jdbc-url",
                jdbcUrl,
                "--exit-with-parent"));
    command.addAll(knobs);
    return command;
  }

  /**
   * What an operator would set, with a shorter export interval since the demo has only minutes. The
   * partners that the wallet calls live in its process but are other companies: not instrumented.
   */
  private static Map<String, String> agentSettings(URI otlp) {
    return Map.ofEntries(
        Map.entry("OTEL_SERVICE_NAME", "wallet"),
        Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", otlp.toString()),
        Map.entry("OTEL_METRIC_EXPORT_INTERVAL", "5000"),
        Map.entry("OTEL_BSP_SCHEDULE_DELAY", "1000"),
        Map.entry("OTEL_BSP_MAX_QUEUE_SIZE", "16384"),
        Map.entry("OTEL_LOGS_EXPORTER", "none"),
        Map.entry("OTEL_INSTRUMENTATION_MICROMETER_ENABLED", "true"),
        Map.entry("OTEL_JMX_METRICS_EXPERIMENTAL_INCLUDED", "tomcat.*"),
        Map.entry("OTEL_INSTRUMENTATION_RUNTIME_TELEMETRY_EMIT_EXPERIMENTAL_METRICS", "true"),
        Map.entry("OTEL_INSTRUMENTATION_JAVA_HTTP_SERVER_ENABLED", "false"));
  }

  private static Path unpack(String name, Path folder) throws IOException {
    try (InputStream packed = WalletSystem.class.getResourceAsStream("/demo/" + name)) {
      if (packed == null) {
        throw new IOException(
            name
                + " is not in this jar: it was built without the demo; run ./headroom from a clone");
      }
      Path file = folder.resolve(name);
      Files.copy(packed, file);
      return file;
    }
  }

  public URI address() {
    return address;
  }

  /** Where its database is reached, at the same distance as from the service. */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /** Whether both programs still run. */
  public boolean isAlive() {
    return database.isAlive() && service.isAlive();
  }

  @Override
  public void close() {
    service.close();
    database.close();
  }
}
