package wallet;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own, with nothing left behind, reached through a relay when it is far away.
 */
final class Database implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final @Nullable Relay relay;

  private Database(EmbeddedPostgres postgres, @Nullable Relay relay) {
    this.postgres = postgres;
    this.relay = relay;
  }

  /** Starts PostgreSQL on a free loopback port; {@code distance} is the one-way network time. */
  static Database start(Duration distance) throws IOException {
    return start(distance, 0);
  }

  /** As above, reached at that port. */
  static Database start(Duration distance, int port) throws IOException {
    var postgres =
        EmbeddedPostgres.builder()
            .setCleanDataDirectory(true)
            // No disk in the way of a commit: what is shown is the network and the pool.
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("max_connections", "250")
            .setServerConfig("shared_buffers", "64MB")
            .setPort(distance.isZero() ? port : 0)
            .start();
    try {
      var relay =
          distance.isZero()
              ? null
              : Relay.start(
                  port,
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.getPort()),
                  distance);
      return new Database(postgres, relay);
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  String jdbcUrl() {
    int port = relay == null ? postgres.getPort() : relay.port();
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  @Override
  public void close() throws IOException {
    if (relay != null) {
      relay.close();
    }
    postgres.close();
  }
}
