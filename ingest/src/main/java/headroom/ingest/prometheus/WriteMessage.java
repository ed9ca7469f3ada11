package headroom.ingest.prometheus;

import java.util.Optional;

/** The messages of remote write, by the names that senders give in {@code Content-Type}. */
public enum WriteMessage {
  /** Of 1.0; also meant by a sender that names none. */
  V1("prometheus.WriteRequest"),
  /** Of 2.0. */
  V2("io.prometheus.write.v2.Request");

  private final String protobufName;

  WriteMessage(String protobufName) {
    this.protobufName = protobufName;
  }

  /** The message of this name, empty for one that is not spoken here. */
  public static Optional<WriteMessage> named(String name) {
    for (WriteMessage message : values()) {
      if (message.protobufName.equals(name)) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }
}
