package headroom.ingest.otlp;

import headroom.model.Resource;

/** Reads OTLP's {@code Resource} message. */
final class ProtobufResource {
  private static final int ATTRIBUTE = 1 << 3 | WireReader.LENGTH;

  private final WireReader wire;
  private final ProtobufKeyValue keyValue;
  private final ResourceAttributes attributes;

  ProtobufResource(WireReader wire, ProtobufKeyValue keyValue, ResourceAttributes attributes) {
    this.wire = wire;
    this.keyValue = keyValue;
    this.attributes = attributes;
  }

  void clear() {
    attributes.clear();
  }

  /** Adds what stands in the message at the position: protobuf merges one that comes in parts. */
  void read() throws MalformedTelemetryException {
    int outer = wire.enter("a resource");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == ATTRIBUTE) {
        keyValue.read();
        String value = keyValue.value();
        if (value != null) {
          attributes.set(keyValue.key(), value);
        }
      } else {
        wire.skipUnknown(tag, 1L << 1, "a resource");
      }
    }
    wire.leave(outer);
  }

  Resource toResource() {
    return attributes.toResource();
  }
}
