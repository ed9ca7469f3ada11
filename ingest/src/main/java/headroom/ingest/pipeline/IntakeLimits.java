package headroom.ingest.pipeline;

import java.time.Duration;

/**
 * What ingest may take from the machine.
 *
 * @param bodyBytes one request as sent, compressed or not
 * @param pendingBytes all requests together that are being received or wait for the worker
 * @param pendingRequests how many of them
 * @param retryAfter what an overloaded server asks senders to wait
 */
public record IntakeLimits(
    int bodyBytes, long pendingBytes, int pendingRequests, Duration retryAfter) {
  public static final IntakeLimits DEFAULT =
      new IntakeLimits(16 << 20, 64L << 20, 256, Duration.ofSeconds(2));

  public IntakeLimits {
    if (bodyBytes < 1) {
      throw new IllegalArgumentException("bodyBytes must be >= 1, got " + bodyBytes);
    }
    if (pendingBytes < bodyBytes) {
      throw new IllegalArgumentException(
          "pendingBytes must be >= bodyBytes (" + bodyBytes + "), got " + pendingBytes);
    }
    if (pendingRequests < 1) {
      throw new IllegalArgumentException("pendingRequests must be >= 1, got " + pendingRequests);
    }
    if (retryAfter.toSeconds() < 1) {
      throw new IllegalArgumentException("retryAfter must be >= 1 s, got " + retryAfter);
    }
  }
}
