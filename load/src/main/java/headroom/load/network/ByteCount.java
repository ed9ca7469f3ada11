package headroom.load.network;

/** Bytes that went out and came in. Not safe for use by several threads. */
public final class ByteCount {
  private long sentBytes;
  private long receivedBytes;

  public void sent(long bytes) {
    sentBytes += bytes;
  }

  public void received(long bytes) {
    receivedBytes += bytes;
  }

  public long sentBytes() {
    return sentBytes;
  }

  public long receivedBytes() {
    return receivedBytes;
  }
}
