package headroom.plan;

import java.net.URI;
import java.util.Optional;

/**
 * A database that steps run statements on.
 *
 * @param url as the JDBC driver wants it; the driver must be on the class path
 * @param connections how many statements run at once; each has a connection and a thread
 */
public record Database(
    String url, Optional<String> user, Optional<String> password, int connections) {
  public static final int DEFAULT_CONNECTIONS = 10;

  public static final int MOST_CONNECTIONS = 1_000;

  public Database {
    if (!url.matches("jdbc:[a-z0-9]+:\\S+")) {
      throw new IllegalArgumentException(
          "url must look like jdbc:postgresql://host:port/name, got '" + url + "'");
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "connections must be within 1..%d, got %d".formatted(MOST_CONNECTIONS, connections));
    }
  }

  /** A database with the default number of connections. */
  public static Database at(String url, String user, String password) {
    return new Database(url, Optional.of(user), Optional.of(password), DEFAULT_CONNECTIONS);
  }

  /** The address without its options, which may hold a password. */
  public String shownUrl() {
    return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** The address as what a plan without requests loads. */
  public URI target() {
    return URI.create(shownUrl());
  }

  @Override
  public String toString() {
    return "Database[%s, %d connections]".formatted(shownUrl(), connections);
  }
}
