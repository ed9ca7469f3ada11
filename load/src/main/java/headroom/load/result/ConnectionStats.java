package headroom.load.result;

import headroom.rollup.Cell;

/**
 * What was measured of connections rather than of requests. Times are in seconds. Not safe for use
 * by several threads.
 */
public final class ConnectionStats {
  private final Cell total = new Cell();
  private final Cell tcp = new Cell();
  private final Cell full = new Cell();
  private final Cell resumed = new Cell();
  private long stale;
  private long sentBytes;
  private long receivedBytes;
  private long droppedCookies;
  private long refusedCookies;

  /**
   * A connection was opened.
   *
   * @param totalSeconds until a request could leave, the handshake included
   * @param tcpSeconds until the socket was open
   */
  public void opened(double totalSeconds, double tcpSeconds) {
    total.record(totalSeconds, false);
    tcp.record(tcpSeconds, false);
  }

  /** It was secured; {@code again} when that took up a session of an earlier connection. */
  public void secured(double seconds, boolean again) {
    (again ? resumed : full).record(seconds, false);
  }

  /** Requests repeated because the target had closed an idle connection. */
  public void addStale(long count) {
    stale += count;
  }

  /** Bytes of requests and answers, heads included, before they were encrypted. */
  public void addTraffic(long sent, long received) {
    sentBytes += sent;
    receivedBytes += received;
  }

  /** Cookies forgotten because a user had too many, and those that were never kept. */
  public void addLostCookies(long dropped, long refused) {
    droppedCookies += dropped;
    refusedCookies += refused;
  }

  void merge(ConnectionStats other) {
    total.merge(other.total);
    tcp.merge(other.tcp);
    full.merge(other.full);
    resumed.merge(other.resumed);
    stale += other.stale;
    sentBytes += other.sentBytes;
    receivedBytes += other.receivedBytes;
    droppedCookies += other.droppedCookies;
    refusedCookies += other.refusedCookies;
  }

  /** How many connections were opened. */
  public long opened() {
    return total.count();
  }

  /** How long connections took until a request could leave: TCP, the way through a proxy, TLS. */
  public Cell total() {
    return total;
  }

  /** How long sockets took to open. */
  public Cell tcp() {
    return tcp;
  }

  /** How long TLS handshakes took, full and resumed together. */
  public Cell handshake() {
    Cell all = full.copy();
    all.merge(resumed);
    return all;
  }

  /** How long TLS handshakes took that agreed on everything anew. */
  public Cell fullHandshake() {
    return full;
  }

  /** How long TLS handshakes took that took up an earlier session. */
  public Cell resumedHandshake() {
    return resumed;
  }

  /** Requests repeated because the target had closed an idle connection. */
  public long stale() {
    return stale;
  }

  /** Cookies forgotten because their user had too many. */
  public long droppedCookies() {
    return droppedCookies;
  }

  /** Cookies that were no cookies, were meant for another host, or may not go over http. */
  public long refusedCookies() {
    return refusedCookies;
  }

  /** Bytes of requests, heads included, before they were encrypted. */
  public long sentBytes() {
    return sentBytes;
  }

  /** Bytes of answers, heads included, after they were decrypted. */
  public long receivedBytes() {
    return receivedBytes;
  }
}
