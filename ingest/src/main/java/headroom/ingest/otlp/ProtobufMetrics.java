package headroom.ingest.otlp;

import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.TelemetrySink;

/**
 * Walks {@code MetricsData} or {@code ExportMetricsServiceRequest}, which are the same on the wire.
 * Name, unit and temporality are looked for before the points: nothing says that they stand first,
 * and the temporality usually stands last.
 */
final class ProtobufMetrics {
  private static final int RESOURCE_METRICS = 1 << 3 | WireReader.LENGTH;
  private static final int RESOURCE = 1 << 3 | WireReader.LENGTH;
  private static final int SCOPE_METRICS = 2 << 3 | WireReader.LENGTH;
  private static final int METRICS = 2 << 3 | WireReader.LENGTH;

  private static final int NAME = 1 << 3 | WireReader.LENGTH;
  private static final int UNIT = 3 << 3 | WireReader.LENGTH;
  private static final int GAUGE = 5 << 3 | WireReader.LENGTH;
  private static final int SUM = 7 << 3 | WireReader.LENGTH;
  private static final int HISTOGRAM = 9 << 3 | WireReader.LENGTH;
  private static final int EXPONENTIAL_HISTOGRAM = 10 << 3 | WireReader.LENGTH;
  private static final int SUMMARY = 11 << 3 | WireReader.LENGTH;
  private static final long METRIC_FIELDS =
      1L << 1 | 1L << 3 | 1L << 5 | 1L << 7 | 1L << 9 | 1L << 10 | 1L << 11;

  private static final int POINT = 1 << 3 | WireReader.LENGTH;
  private static final int TEMPORALITY = 2 << 3 | WireReader.VARINT;
  private static final int MONOTONIC = 3 << 3 | WireReader.VARINT;
  private static final int CUMULATIVE = 2;

  private final WireReader wire;
  private final TextReader texts;
  private final ProtobufResource resources;
  private final MetricPoint point = new MetricPoint();
  private final ProtobufPoint points;
  private final PointDelivery delivery;

  ProtobufMetrics(
      WireReader wire,
      ProtobufResource resources,
      ProtobufKeyValue keyValue,
      TextReader texts,
      PointDelivery delivery,
      IngestLimits limits,
      Tally tally) {
    this.wire = wire;
    this.texts = texts;
    this.resources = resources;
    this.delivery = delivery;
    this.points = new ProtobufPoint(wire, keyValue, point, limits, tally);
  }

  void read(TelemetrySink sink) throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == RESOURCE_METRICS) {
        int outer = wire.enter("the metrics of a resource");
        resourceMetrics(sink);
        wire.leave(outer);
      } else {
        wire.skipUnknown(tag, 1L << 1, "metrics data");
      }
    }
  }

  private void resourceMetrics(TelemetrySink sink) throws MalformedTelemetryException {
    int from = wire.position();
    point.resource = findResource();
    wire.goTo(from);
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SCOPE_METRICS) {
        int outer = wire.enter("the metrics of a scope");
        scopeMetrics(sink);
        wire.leave(outer);
      } else if (tag == RESOURCE) {
        wire.skip(tag, "a resource");
      } else {
        wire.skipUnknown(tag, 1L << 1 | 1L << 2, "the metrics of a resource");
      }
    }
  }

  private Resource findResource() throws MalformedTelemetryException {
    resources.clear();
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == RESOURCE) {
        resources.read();
      } else {
        wire.skip(tag, "the metrics of a resource");
      }
    }
    return resources.toResource();
  }

  private void scopeMetrics(TelemetrySink sink) throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == METRICS) {
        int outer = wire.enter("a metric");
        metric(sink);
        wire.leave(outer);
      } else {
        wire.skipUnknown(tag, 1L << 2, "the metrics of a scope");
      }
    }
  }

  private void metric(TelemetrySink sink) throws MalformedTelemetryException {
    point.name = "";
    point.unit = "";
    int dataTag = 0;
    int dataFrom = 0;
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case NAME -> point.name = readText();
        case UNIT -> point.unit = readText();
        case GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> {
          dataTag = tag;
          dataFrom = wire.position();
          wire.skip(tag, "a metric's data");
        }
        default -> wire.skipUnknown(tag, METRIC_FIELDS, "a metric");
      }
    }
    if (dataTag == 0) {
      return;
    }
    point.type = typeOf(dataTag);
    int behind = wire.position();
    wire.goTo(dataFrom);
    int outer = wire.enter("a metric's data");
    data(sink);
    wire.leave(outer);
    wire.goTo(behind);
  }

  private void data(TelemetrySink sink) throws MalformedTelemetryException {
    int from = wire.position();
    point.cumulative = point.type == MetricPoint.Type.SUMMARY;
    point.monotonic = false;
    boolean isSum = point.type == MetricPoint.Type.SUM;
    boolean hasTemporality =
        point.type != MetricPoint.Type.GAUGE && point.type != MetricPoint.Type.SUMMARY;
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == TEMPORALITY && hasTemporality) {
        point.cumulative = wire.readVarint("a temporality") == CUMULATIVE;
      } else if (tag == MONOTONIC && isSum) {
        point.monotonic = wire.readVarint("a boolean") != 0;
      } else if (tag == POINT) {
        wire.skip(tag, "a data point");
      } else {
        long known = 1L << 1 | (hasTemporality ? 1L << 2 : 0) | (isSum ? 1L << 3 : 0);
        wire.skipUnknown(tag, known, "a metric's data");
      }
    }
    wire.goTo(from);
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == POINT) {
        int outer = wire.enter("a data point");
        DropReason reason = points.read();
        wire.leave(outer);
        delivery.deliver(point, reason, sink);
      } else {
        wire.skip(tag, "a metric's data");
      }
    }
  }

  private static MetricPoint.Type typeOf(int dataTag) {
    return switch (dataTag) {
      case SUM -> MetricPoint.Type.SUM;
      case HISTOGRAM -> MetricPoint.Type.HISTOGRAM;
      case EXPONENTIAL_HISTOGRAM -> MetricPoint.Type.EXPONENTIAL_HISTOGRAM;
      case SUMMARY -> MetricPoint.Type.SUMMARY;
      default -> MetricPoint.Type.GAUGE;
    };
  }

  private String readText() throws MalformedTelemetryException {
    int length = wire.readLength("text");
    int from = wire.position();
    wire.goTo(from + length);
    return texts.read(wire.bytes(), from, length);
  }
}
