package headroom.cli.exam.simulate;

import headroom.ingest.protobuf.ProtobufMessage;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** OTLP's {@code TracesData} and {@code MetricsData} as protobuf. */
final class ProtobufEncoder implements OtlpEncoder {
  @Override
  public byte[] spans(List<OtlpAttribute> resource, List<OtlpSpan> spans) {
    return message(
        resource, scope -> spans.forEach(span -> scope.message(2, to -> write(to, span))));
  }

  @Override
  public byte[] points(List<OtlpAttribute> resource, List<OtlpPoint> points) {
    var metrics = OtlpEncoder.byMetric(points).values();
    return message(
        resource, scope -> metrics.forEach(some -> scope.message(2, to -> write(to, some))));
  }

  private static byte[] message(List<OtlpAttribute> resource, Consumer<ProtobufMessage> content) {
    var message = new ProtobufMessage();
    message.message(
        1,
        ofResource -> {
          ofResource.message(1, to -> attributes(to, 1, resource));
          ofResource.message(
              2,
              scope -> {
                scope.message(1, to -> to.text(1, SCOPE));
                content.accept(scope);
              });
        });
    return message.toBytes();
  }

  private static void attributes(ProtobufMessage to, int field, List<OtlpAttribute> attributes) {
    for (OtlpAttribute attribute : attributes) {
      to.message(
          field,
          pair -> {
            pair.text(1, attribute.key());
            pair.message(2, value -> value.text(1, attribute.value()));
          });
    }
  }

  private static void write(ProtobufMessage to, OtlpSpan span) {
    to.id(1, span.traceHigh(), span.traceLow());
    to.id(2, span.id());
    to.text(3, span.traceState());
    if (span.parentId() != 0) {
      to.id(4, span.parentId());
    }
    to.text(5, span.name());
    to.integer(6, span.kind());
    to.fixed(7, span.startNanos());
    to.fixed(8, span.endNanos());
    attributes(to, 9, span.attributes());
    if (span.error()) {
      to.message(15, status -> status.integer(3, STATUS_ERROR));
    }
  }

  private static void write(ProtobufMessage metric, List<OtlpPoint> points) {
    OtlpPoint first = points.getFirst();
    metric.text(1, first.metric());
    metric.text(3, first.unit());
    int data =
        switch (first.shape()) {
          case GAUGE -> 5;
          case LEVEL, COUNTER -> 7;
          case HISTOGRAM -> 10;
        };
    metric.message(
        data,
        to -> {
          for (OtlpPoint point : points) {
            to.message(
                1,
                one -> {
                  if (point.cell() == null) {
                    number(one, point);
                  } else {
                    histogram(one, point, point.cell());
                  }
                });
          }
          switch (first.shape()) {
            case GAUGE -> {}
            case LEVEL -> to.integer(2, CUMULATIVE);
            case COUNTER -> {
              to.integer(2, CUMULATIVE);
              to.integer(3, 1);
            }
            case HISTOGRAM -> to.integer(2, DELTA);
          }
        });
  }

  private static void number(ProtobufMessage to, OtlpPoint point) {
    times(to, point);
    to.number(4, point.value());
    attributes(to, 7, point.attributes());
  }

  private static void times(ProtobufMessage to, OtlpPoint point) {
    to.fixed(2, point.startNanos());
    to.fixed(3, point.timeNanos());
  }

  private static void histogram(ProtobufMessage to, OtlpPoint point, Cell cell) {
    ExponentialHistogram histogram = Objects.requireNonNull(cell.histogram());
    attributes(to, 1, point.attributes());
    times(to, point);
    to.fixed(4, cell.count());
    to.number(5, cell.sum());
    to.signed(6, histogram.scale());
    to.fixed(7, histogram.zeroCount());
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    to.message(
        8,
        positive -> {
          positive.signed(1, buckets.offset);
          positive.packed(2, buckets.counts);
        });
    to.number(12, cell.min());
    to.number(13, cell.max());
  }
}
