package headroom.cli.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Prometheus of this machine, with a folder and a port of its own. */
final class RealPrometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path log;
  private final URI url;
  private final HttpClient client = HttpClient.newHttpClient();

  private RealPrometheus(Process process, Path log, URI url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  private static Optional<Path> installed(String program) {
    String named = System.getenv("HEADROOM_PROMETHEUS_BIN");
    return Stream.of(named == null ? "/usr/bin" : named, "/usr/bin", "/usr/local/bin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Skips the test where there is none. */
  static Path require(String program) {
    Optional<Path> found = installed(program);
    assumeTrue(found.isPresent(), program + " is not installed");
    return found.get();
  }

  /** Starts one on the data in a folder and waits until it is ready. */
  static RealPrometheus start(Path folder, String config) throws Exception {
    Path program = require("prometheus");
    Path configuration = Files.writeString(folder.resolve("prometheus.yml"), config);
    Path log = folder.resolve("prometheus.log");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--storage.tsdb.retention.time=100d",
                "--query.lookback-delta=2m",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var started = new RealPrometheus(process, log, URI.create("http://127.0.0.1:" + port));
    try {
      started.awaitReady();
    } catch (Exception | AssertionError failed) {
      started.close();
      throw failed;
    }
    return started;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (get("/-/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("Prometheus did not start: " + Files.readString(log));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  /** Gives it half a second; fails when it has ended. */
  void await() throws Exception {
    if (process.waitFor(500, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("Prometheus ended: " + log());
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Has its own tool make blocks of data out of a page of OpenMetrics. */
  static void fill(Path folder, Path page) throws Exception {
    Path tool = require("promtool");
    List<String> command = new ArrayList<>();
    command.add(tool.toString());
    command.addAll(List.of("tsdb", "create-blocks-from", "openmetrics", page.toString()));
    command.add(folder.resolve("tsdb").toString());
    Path log = folder.resolve("promtool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(Files.readString(log));
    }
  }

  URI url() {
    return url;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
