package headroom.load.protocol.http;

import headroom.load.network.ByteCount;

/** To whom a connection belongs, and what it uses of its owner. */
interface ConnectionOwner {
  /** The longest body that is read. */
  long maxBodyBytes();

  /** Room to read into, valid until the next call. */
  byte[] scratch(int bytes);

  ByteCount traffic();

  /** The connection has had its answer and may be used again. */
  void release(HttpConnection connection);

  /** The request never reached the target, for the connection had been closed before. */
  void resubmit(Exchange exchange);

  /** The connection is gone. */
  void disconnected(HttpConnection connection);
}
