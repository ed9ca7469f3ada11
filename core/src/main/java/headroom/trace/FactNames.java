package headroom.trace;

import headroom.model.Irregularities;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bounded names that facts are kept under: operations, statements, peers and databases of each
 * service. Statements are normalised once while they stay in the cache.
 */
final class FactNames {
  private static final int CACHED = 1 << 12;
  private static final int MAX_CACHED_LENGTH = 4_096;
  private static final int MAX_LENGTH = 200;

  private static final Set<String> NOT_SQL =
      Set.of(
          "redis",
          "memcached",
          "mongodb",
          "elasticsearch",
          "opensearch",
          "dynamodb",
          "aws.dynamodb",
          "couchdb",
          "hbase",
          "geode",
          "etcd");

  private static final List<SpanAttribute> PEER =
      List.of(
          SpanAttribute.PEER_SERVICE,
          SpanAttribute.MESSAGING_DESTINATION,
          SpanAttribute.RPC_SERVICE,
          SpanAttribute.SERVER_ADDRESS);

  private final NameLimit operations;
  private final NameLimit statements;
  private final NameLimit peers;
  private final @Nullable String[] cachedText = new String[CACHED];
  private final @Nullable String[] cachedSystem = new String[CACHED];
  private final String[] cachedStatement = new String[CACHED];

  FactNames(int namesPerService, Irregularities irregularities) {
    operations = new NameLimit(namesPerService, irregularities);
    statements = new NameLimit(namesPerService, irregularities);
    peers = new NameLimit(namesPerService, irregularities);
  }

  String operation(Span span, String service) {
    return operations.admit(service, OperationName.of(span));
  }

  /** What a client span that is not a database's calls itself. */
  String call(Span span, String service) {
    return peers.admit(service, OperationName.of(span));
  }

  String operation(String name, String service) {
    return operations.admit(service, name);
  }

  String statement(Span span, String service) {
    return statements.admit(service, statementText(span));
  }

  /** The database's name, else the kind of system; Redis only numbers its databases. */
  String database(Span span, String service) {
    String namespace = span.get(SpanAttribute.DB_NAMESPACE);
    String system = span.get(SpanAttribute.DB_SYSTEM);
    boolean named = namespace != null && !namespace.isEmpty() && !"redis".equals(system);
    String name = named ? namespace : system;
    return peers.admit(service, name == null ? "(unnamed)" : bounded(name));
  }

  /** Whom a client span calls, as far as the caller knows. */
  String peer(Span span, String service) {
    for (SpanAttribute attribute : PEER) {
      String value = span.get(attribute);
      if (value != null && !value.isEmpty()) {
        return peers.admit(service, bounded(value));
      }
    }
    String url = span.get(SpanAttribute.URL_FULL);
    return peers.admit(service, url == null ? bounded(span.name) : host(url));
  }

  void forget() {
    operations.forget();
    statements.forget();
    peers.forget();
  }

  private String statementText(Span span) {
    String system = span.get(SpanAttribute.DB_SYSTEM);
    String text = span.get(SpanAttribute.DB_QUERY_TEXT);
    if (text == null || text.isEmpty()) {
      return OperationName.of(span);
    }
    if (system != null && NOT_SQL.contains(system)) {
      return span.get(SpanAttribute.DB_OPERATION) != null ? OperationName.of(span) : command(text);
    }
    if (text.length() > MAX_CACHED_LENGTH) {
      return StatementText.normalise(text, system);
    }
    int slot = (text.hashCode() * 0x9E3779B9) >>> 20;
    if (text.equals(cachedText[slot]) && Objects.equals(system, cachedSystem[slot])) {
      return cachedStatement[slot];
    }
    String statement = StatementText.normalise(text, system);
    cachedText[slot] = text;
    cachedSystem[slot] = system;
    cachedStatement[slot] = statement;
    return statement;
  }

  /** The first word: {@code GET} of {@code GET user:17}. */
  private static String command(String text) {
    int end = 0;
    while (end < text.length() && end < 32 && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end == 0 ? "(unnamed)" : text.substring(0, end).toUpperCase(Locale.ROOT);
  }

  /** {@code api.example.com:8443} of {@code https://user@api.example.com:8443/path}. */
  static String host(String url) {
    int scheme = url.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int to = from;
    while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
      to++;
    }
    int credentials = url.lastIndexOf('@', to - 1);
    return bounded(url.substring(credentials >= from ? credentials + 1 : from, to));
  }

  private static String bounded(String name) {
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH - 1) + "…";
  }
}
