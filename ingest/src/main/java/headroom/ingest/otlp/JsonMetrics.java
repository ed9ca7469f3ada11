package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.TelemetrySink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the array {@code resourceMetrics} of OTLP's JSON. The points of a metric are read once its
 * other fields are known: the temporality usually stands behind them.
 */
final class JsonMetrics {
  private static final String[] TEMPORALITIES = {
    "AGGREGATION_TEMPORALITY_UNSPECIFIED",
    "AGGREGATION_TEMPORALITY_DELTA",
    "AGGREGATION_TEMPORALITY_CUMULATIVE"
  };
  private static final int CUMULATIVE = 2;

  private final JsonSource source;
  private final JsonReader values;
  private final JsonAttributes attributes;
  private final PointDelivery delivery;
  private final MetricPoint point = new MetricPoint();
  private final JsonPoint points;

  JsonMetrics(
      JsonSource source,
      JsonReader values,
      JsonAttributes attributes,
      PointDelivery delivery,
      IngestLimits limits,
      Tally tally) {
    this.source = source;
    this.values = values;
    this.attributes = attributes;
    this.delivery = delivery;
    this.points = new JsonPoint(attributes, point, limits, tally);
  }

  void read(JsonParser json, TelemetrySink sink) throws IOException {
    if (!JsonReader.isArray(json, "resourceMetrics")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "an entry of resourceMetrics")) {
        resourceMetrics(json, sink);
      }
    }
  }

  /** Reads one entry of the array, whose first token is current. */
  void resourceMetrics(JsonParser json, TelemetrySink sink) throws IOException {
    Resource resource = null;
    JsonSource.Part early = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("resource")) {
        resource = attributes.readResource(json);
      } else if (!Signal.METRICS.isScopes(field)) {
        json.skipChildren();
      } else if (resource != null) {
        point.resource = resource;
        scopes(json, sink);
      } else {
        early = source.skip(json);
      }
    }
    if (early != null) {
      point.resource = resource != null ? resource : attributes.unknownResource();
      source.read(early, part -> scopes(part, sink));
    }
  }

  private void scopes(JsonParser json, TelemetrySink sink) throws IOException {
    if (!JsonReader.isArray(json, "scopeMetrics")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "an entry of scopeMetrics")) {
        scope(json, sink);
      }
    }
  }

  private void scope(JsonParser json, TelemetrySink sink) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (!field.equals("metrics")) {
        json.skipChildren();
      } else if (JsonReader.isArray(json, "metrics")) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (JsonReader.isObject(json, "a metric")) {
            metric(json, sink);
          }
        }
      }
    }
  }

  private void metric(JsonParser json, TelemetrySink sink) throws IOException {
    point.name = "";
    point.unit = "";
    JsonSource.Part data = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      MetricPoint.Type type = typeOf(field);
      if (type != null) {
        point.type = type;
        data = readData(json);
      } else if (field.equals("name")) {
        point.name = values.readText(json, field);
      } else if (field.equals("unit")) {
        point.unit = values.readText(json, field);
      } else {
        json.skipChildren();
      }
    }
    if (data != null) {
      source.read(data, part -> points(part, sink));
    }
  }

  /** Reads all but the points, and says where those are. */
  private JsonSource.@Nullable Part readData(JsonParser json) throws IOException {
    point.cumulative = point.type == MetricPoint.Type.SUMMARY;
    point.monotonic = false;
    JsonSource.Part found = null;
    if (JsonReader.isObject(json, "a metric's data")) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "dataPoints" -> found = source.skip(json);
          case "aggregationTemporality" ->
              point.cumulative = JsonReader.readEnum(json, field, TEMPORALITIES) == CUMULATIVE;
          case "isMonotonic" -> point.monotonic = JsonReader.readBoolean(json, field);
          default -> json.skipChildren();
        }
      }
    }
    return found;
  }

  private void points(JsonParser json, TelemetrySink sink) throws IOException {
    if (!JsonReader.isArray(json, "dataPoints")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "a data point")) {
        delivery.deliver(point, points.read(json), sink);
      }
    }
  }

  private static MetricPoint.@Nullable Type typeOf(String field) {
    return switch (field) {
      case "gauge" -> MetricPoint.Type.GAUGE;
      case "sum" -> MetricPoint.Type.SUM;
      case "histogram" -> MetricPoint.Type.HISTOGRAM;
      case "exponentialHistogram" -> MetricPoint.Type.EXPONENTIAL_HISTOGRAM;
      case "summary" -> MetricPoint.Type.SUMMARY;
      default -> null;
    };
  }
}
