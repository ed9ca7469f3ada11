package headroom.ingest.pipeline;

/**
 * What became of a request that could be read.
 *
 * @param accepted spans, data points or log records that are in the worker's tables
 * @param histograms those of them that are native histograms of Prometheus, who wants to know
 * @param rejected those that are not, and never will be
 * @param message why they were rejected; empty when none was
 */
public record Receipt(long accepted, long histograms, long rejected, String message) {
  public Receipt {
    if (accepted < 0 || rejected < 0) {
      throw new IllegalArgumentException(
          "accepted and rejected must be >= 0, got " + accepted + " and " + rejected);
    }
    if (histograms < 0 || histograms > accepted) {
      throw new IllegalArgumentException(
          "histograms must be within 0.." + accepted + ", got " + histograms);
    }
  }

  public Receipt(long accepted, long rejected, String message) {
    this(accepted, 0, rejected, message);
  }
}
