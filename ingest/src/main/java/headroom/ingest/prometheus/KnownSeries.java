package headroom.ingest.prometheus;

import headroom.ingest.prometheus.HistogramParts.Part;
import headroom.ingest.prometheus.Replicas.Replica;
import headroom.model.MetricPoint;

/** What samples of a series are good for, found out once from its labels. */
sealed interface KnownSeries {
  /**
   * A number of its own.
   *
   * @param type as a counter, or as a level
   */
  record Single(PointTemplate template, MetricPoint.Type type, Replica replica)
      implements KnownSeries {}

  /** A part of a histogram or summary. */
  record PartOf(HistogramParts whole, Part part, Replica replica) implements KnownSeries {}

  /**
   * A histogram in one piece, of which {@code bounded} holds the parts if it has classic bounds.
   */
  record Native(PointTemplate template, HistogramParts bounded, Replica replica)
      implements KnownSeries {}

  /** Good for nothing here. */
  record Unused(SampleDrop why) implements KnownSeries {}
}
