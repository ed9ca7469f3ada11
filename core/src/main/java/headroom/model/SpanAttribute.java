package headroom.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The few span attributes that are read; all others are skipped on the wire. Names follow the
 * OpenTelemetry semantic conventions 1.37; the older spellings that agents still send stand behind
 * the newer ones.
 */
public enum SpanAttribute {
  HTTP_METHOD("http.request.method", "http.method"),
  HTTP_ROUTE("http.route"),
  HTTP_STATUS("http.response.status_code", "http.status_code"),
  HTTP_RESEND_COUNT("http.request.resend_count", "http.resend_count"),
  URL_PATH("url.path", "http.target"),
  URL_FULL("url.full", "http.url"),
  SERVER_ADDRESS("server.address", "net.peer.name", "net.sock.peer.name"),
  SERVER_PORT("server.port", "net.peer.port"),
  PEER_SERVICE("peer.service"),
  DB_SYSTEM("db.system.name", "db.system"),
  DB_NAMESPACE("db.namespace", "db.name"),
  DB_QUERY_TEXT("db.query.text", "db.statement"),
  DB_QUERY_SUMMARY("db.query.summary"),
  DB_OPERATION("db.operation.name", "db.operation"),
  DB_COLLECTION("db.collection.name", "db.sql.table"),
  RPC_SYSTEM("rpc.system.name", "rpc.system"),
  RPC_SERVICE("rpc.service"),
  RPC_METHOD("rpc.method"),
  MESSAGING_SYSTEM("messaging.system"),
  MESSAGING_DESTINATION("messaging.destination.name", "messaging.destination"),
  MESSAGING_OPERATION("messaging.operation.type", "messaging.operation"),
  MESSAGING_PARTITION("messaging.destination.partition.id", "messaging.kafka.partition"),
  QUEUE_TIME_MILLIS("kafka.record.queue_time_ms"),
  REQUEST_BYTES("http.request.body.size", "http.request_content_length"),
  RESPONSE_BYTES("http.response.body.size", "http.response_content_length"),
  ERROR_TYPE("error.type", "exception.type"),
  TENANT("tenant.id", "enduser.id");

  private static final Map<String, SpanAttribute> BY_NAME = new HashMap<>();

  static {
    for (SpanAttribute attribute : values()) {
      for (String name : attribute.names) {
        BY_NAME.put(name, attribute);
      }
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> names;

  SpanAttribute(String... names) {
    this.names = List.of(names);
  }

  /** The attribute spelled so, or null when it is not one that is read. */
  public static @Nullable SpanAttribute of(String name) {
    return BY_NAME.get(name);
  }

  /** Every spelling, newest first. */
  public List<String> names() {
    return names;
  }
}
