package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.model.MetricPoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Fills a data point of any type from OTLP's JSON; the types share their fields' names. */
final class JsonPoint {
  private static final long NO_RECORDED_VALUE = 1;

  private final JsonAttributes attributes;
  private final MetricPoint point;
  private final int maxAttributes;
  private final int maxBuckets;
  private final Tally tally;
  private long flags;
  private boolean hasValue;
  private boolean usable;

  JsonPoint(JsonAttributes attributes, MetricPoint point, IngestLimits limits, Tally tally) {
    this.attributes = attributes;
    this.point = point;
    this.maxAttributes = limits.maxAttributes();
    this.maxBuckets = limits.maxBuckets();
    this.tally = tally;
  }

  /** Reads the object that begins here; says why it cannot be used, or null when it can. */
  @Nullable DropReason read(JsonParser json) throws IOException {
    point.clearPoint();
    flags = 0;
    usable = true;
    point.hasSum = point.type == MetricPoint.Type.SUMMARY;
    hasValue = point.type != MetricPoint.Type.GAUGE && point.type != MetricPoint.Type.SUM;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        field(json, name);
      }
    }
    if ((flags & NO_RECORDED_VALUE) != 0) {
      return DropReason.NO_RECORDED_VALUE;
    }
    return usable && hasValue ? null : DropReason.UNUSABLE_VALUE;
  }

  private void field(JsonParser json, String name) throws IOException {
    switch (name) {
      case "attributes" -> attributes.read(json, this::attribute);
      case "startTimeUnixNano" -> point.startNanos = JsonReader.readLong(json, name);
      case "timeUnixNano" -> point.timeNanos = JsonReader.readLong(json, name);
      case "flags" -> flags = JsonReader.readLong(json, name);
      case "asDouble" -> value(JsonReader.readDouble(json, name));
      case "asInt" -> value((double) JsonReader.readLong(json, name));
      case "count" -> point.count = JsonReader.readLong(json, name);
      case "sum" -> {
        point.sum = JsonReader.readDouble(json, name);
        point.hasSum = true;
      }
      case "min" -> {
        point.min = JsonReader.readDouble(json, name);
        point.hasMin = true;
      }
      case "max" -> {
        point.max = JsonReader.readDouble(json, name);
        point.hasMax = true;
      }
      case "bucketCounts" -> readBuckets(json);
      case "explicitBounds" -> readBounds(json);
      case "scale" -> point.scale = JsonReader.readInt(json, name);
      case "zeroCount" -> point.zeroCount = JsonReader.readLong(json, name);
      case "positive" -> positive(json);
      case "negative" -> negative(json);
      default -> json.skipChildren();
    }
  }

  private void value(double value) {
    point.value = value;
    hasValue = true;
  }

  private void attribute(String key, String value) {
    if (point.attributeCount() < maxAttributes) {
      point.addAttribute(key, value);
    } else {
      tally.shorten();
    }
  }

  private void readBuckets(JsonParser json) throws IOException {
    if (!JsonReader.isArray(json, "bucketCounts")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      long bucket = JsonReader.readLong(json, "a bucket");
      if (point.bucketCount < maxBuckets) {
        point.addBucketCount(bucket);
      } else {
        usable = false;
      }
    }
  }

  private void readBounds(JsonParser json) throws IOException {
    if (!JsonReader.isArray(json, "explicitBounds")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      double bound = JsonReader.readDouble(json, "a bound");
      if (point.boundCount < maxBuckets) {
        point.addBound(bound);
      } else {
        usable = false;
      }
    }
  }

  private void positive(JsonParser json) throws IOException {
    if (!JsonReader.isObject(json, "positive")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "offset" -> point.positiveOffset = JsonReader.readInt(json, field);
        case "bucketCounts" -> readBuckets(json);
        default -> json.skipChildren();
      }
    }
  }

  /** Nothing that is measured here is negative: such a point is not used. */
  private void negative(JsonParser json) throws IOException {
    if (!JsonReader.isObject(json, "negative")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("bucketCounts") && JsonReader.isArray(json, field)) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          usable &= JsonReader.readLong(json, "a bucket") == 0;
        }
      } else {
        json.skipChildren();
      }
    }
  }
}
