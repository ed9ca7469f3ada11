package wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wallet as others run it: as processes that must not leave anything behind. */
@Timeout(300)
class ProcessTest {
  @Test
  void bothProcessesEndWithTheirParentAndLeaveNothingBehind() throws Exception {
    try (var database = Child.start("database", "--distance=1ms", "--exit-with-parent")) {
      String jdbcUrl = database.ready("database ready: ");
      var server = postmaster(jdbcUrl);
      try (var service =
          Child.start("--port=0", "--users=5", "--exit-with-parent", "--jdbc-url=" + jdbcUrl)) {
        int port = URI.create(service.ready("wallet ready: ")).getPort();
        try (var caller = new Caller(port).as(1)) {
          assertThat(caller.exchange("EUR", "USD", "1").status()).isEqualTo(200);
        }
        service.closeInput();
        assertThat(service.exitCode()).isZero();
      }
      database.closeInput();
      assertThat(database.exitCode()).isZero();
      assertThat(server.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  @Test
  void aTerminatedDatabaseTakesPostgresWithIt() throws Exception {
    try (var database = Child.start("database", "--distance=0")) {
      var server = postmaster(database.ready("database ready: "));
      assertThat(server.isAlive()).isTrue();
      database.terminate();
      assertThat(database.exitCode()).isEqualTo(128 + 15);
      assertThat(server.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  @Test
  void aServiceWithoutADatabaseBringsItsOwn() throws Exception {
    try (var wallet =
            Wallet.start(Knobs.parse("--port=0", "--users=5", "--database-distance=1ms"));
        var caller = new Caller(wallet.port()).as(1)) {
      assertThat(caller.get("/balance").status()).isEqualTo(200);
    }
  }

  private static ProcessHandle postmaster(String jdbcUrl) throws Exception {
    try (var connection = DriverManager.getConnection(jdbcUrl)) {
      int backend =
          Sql.first(connection, "SELECT pg_backend_pid()", row -> row.getInt(1)).orElseThrow();
      return ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow();
    }
  }

  private record Child(Process process, BufferedReader output) implements AutoCloseable {
    static Child start(String... arguments) throws IOException {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), "wallet.Main"));
      command.addAll(List.of(arguments));
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Child(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    /** The rest of the one line that says that all is ready. */
    String ready(String prefix) throws IOException {
      String line = output.readLine();
      assertThat(line).startsWith(prefix);
      return line.substring(prefix.length());
    }

    void closeInput() throws IOException {
      process.getOutputStream().close();
    }

    void terminate() {
      process.destroy();
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      // Gently first: a killed process cannot stop its PostgreSQL.
      process.destroy();
      if (process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join().isAlive()) {
        process.destroyForcibly();
      }
    }
  }
}
