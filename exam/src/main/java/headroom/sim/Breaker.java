package headroom.sim;

/**
 * When a caller stops calling: a circuit breaker that counts its last attempts.
 *
 * <pre>
 *   closed ── failures reach the share ──► open ── after a while ──► half open
 *     ▲                                     ▲                           │
 *     └──────────── fewer fail ─────────────┼─── as many fail ──────────┘
 * </pre>
 *
 * @param window how many attempts are counted; fewer than that open nothing
 * @param failureShare from which it opens, 0..1
 * @param openSeconds how long calls are refused before some are tried again
 * @param probes how many are tried when half open
 */
public record Breaker(int window, double failureShare, double openSeconds, int probes) {
  public Breaker {
    if (window < 1 || probes < 1 || !(failureShare > 0 && failureShare <= 1 && openSeconds > 0)) {
      throw new IllegalArgumentException(
          "window and probes >= 1, a failureShare within 0..1 and openSeconds > 0 are needed, got"
              + " %d, %d, %s, %s".formatted(window, probes, failureShare, openSeconds));
    }
  }
}
