package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Counts the log records in the array {@code resourceLogs} of OTLP's JSON. */
final class JsonLogs {
  private final Tally tally;

  JsonLogs(Tally tally) {
    this.tally = tally;
  }

  void read(JsonParser json) throws IOException {
    readArray(json, "resourceLogs");
  }

  private void readArray(JsonParser json, String name) throws IOException {
    if (!JsonReader.isArray(json, name)) {
      return;
    }
    boolean isRecords = name.equals("logRecords");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "an entry of " + name)) {
        if (isRecords) {
          tally.accept();
          json.skipChildren();
        } else {
          if (name.equals("resourceLogs")) {
            resourceLogs(json);
          } else {
            readInner(json, "logRecords");
          }
        }
      }
    }
  }

  /** Reads one entry of the array, whose first token is current. */
  void resourceLogs(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (Signal.LOGS.isScopes(field)) {
        readArray(json, field);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readInner(JsonParser json, String name) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals(name)) {
        readArray(json, name);
      } else {
        json.skipChildren();
      }
    }
  }
}
