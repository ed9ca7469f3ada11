package headroom.ingest.otlp;

/** Counts the records of {@code LogsData} or {@code ExportLogsServiceRequest}. */
final class ProtobufLogs {
  private static final int RESOURCE_LOGS = 1 << 3 | WireReader.LENGTH;
  private static final int SCOPE_LOGS = 2 << 3 | WireReader.LENGTH;
  private static final int LOG_RECORDS = 2 << 3 | WireReader.LENGTH;

  private final WireReader wire;
  private final Tally tally;

  ProtobufLogs(WireReader wire, Tally tally) {
    this.wire = wire;
    this.tally = tally;
  }

  void read() throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == RESOURCE_LOGS) {
        resourceLogs();
      } else {
        wire.skipUnknown(tag, 1L << 1, "logs data");
      }
    }
  }

  private void resourceLogs() throws MalformedTelemetryException {
    int outer = wire.enter("the logs of a resource");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SCOPE_LOGS) {
        scopeLogs();
      } else {
        wire.skipUnknown(tag, 1L << 2, "the logs of a resource");
      }
    }
    wire.leave(outer);
  }

  private void scopeLogs() throws MalformedTelemetryException {
    int outer = wire.enter("the logs of a scope");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == LOG_RECORDS) {
        tally.accept();
      }
      wire.skipUnknown(tag, tag == LOG_RECORDS ? 0 : 1L << 2, "the logs of a scope");
    }
    wire.leave(outer);
  }
}
