package headroom.load.protocol.http;

import headroom.load.network.ByteCount;

/**
 * Sends requests over connections it keeps. Lives on one event loop; every call must come from
 * there.
 */
public interface RequestClient {
  /**
   * Sends an exchange as soon as it can, those that waited longer first; false when too many wait
   * and nothing was kept.
   */
  boolean submit(Exchange exchange);

  /**
   * A user will send nothing more: what was kept for it alone is closed.
   *
   * @param owner of its exchanges
   */
  void leave(Object owner);

  /** Closes every connection; those who wait for one are told, those under way hear nothing. */
  void close();

  /** Connections that are open now. */
  int openConnections();

  /** How many requests were repeated because the target had closed the idle connection. */
  long staleConnections();

  /** Bytes of requests and answers so far, without those of TLS. */
  ByteCount traffic();
}
