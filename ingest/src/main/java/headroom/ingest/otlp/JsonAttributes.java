package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.model.Resource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads arrays of OTLP's {@code KeyValue}, and the resource, which is one. */
final class JsonAttributes {
  interface Receiver {
    void attribute(String key, String value);
  }

  private final JsonReader values;
  private final ResourceAttributes resource;

  JsonAttributes(JsonReader values, ResourceAttributes resource) {
    this.values = values;
    this.resource = resource;
  }

  /** Hands on the attributes whose values are scalars. */
  void read(JsonParser json, Receiver receiver) throws IOException {
    if (!JsonReader.isArray(json, "attributes")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "an attribute")) {
        readOne(json, receiver);
      }
    }
  }

  Resource readResource(JsonParser json) throws IOException {
    resource.clear();
    if (JsonReader.isObject(json, "resource")) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals("attributes")) {
          read(json, resource::set);
        } else {
          json.skipChildren();
        }
      }
    }
    return resource.toResource();
  }

  /** Who sends what tells no resource. */
  Resource unknownResource() {
    resource.clear();
    return resource.toResource();
  }

  private void readOne(JsonParser json, Receiver receiver) throws IOException {
    String key = "";
    String value = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "key" -> key = values.readText(json, "key");
        case "value" -> value = readValue(json);
        default -> json.skipChildren();
      }
    }
    if (value != null) {
      receiver.attribute(key, value);
    }
  }

  private @Nullable String readValue(JsonParser json) throws IOException {
    if (!JsonReader.isObject(json, "value")) {
      return null;
    }
    String value = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      String scalar = values.readScalar(json, field);
      value = scalar != null ? scalar : value;
    }
    return value;
  }
}
