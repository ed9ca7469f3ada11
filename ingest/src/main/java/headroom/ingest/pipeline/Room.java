package headroom.ingest.pipeline;

import headroom.ingest.pipeline.OverloadedException.Cause;
import java.util.concurrent.Semaphore;

/** The memory that requests may take, in number and in bytes, from the first byte to the answer. */
final class Room {
  private final int mostRequests;
  private final Semaphore requests;
  private final ByteBudget bytes;

  Room(IntakeLimits limits) {
    mostRequests = limits.pendingRequests();
    requests = new Semaphore(mostRequests);
    bytes = new ByteBudget(limits.pendingBytes());
  }

  /** The place of one request; to be closed once the request has been answered. */
  Place enter() throws OverloadedException {
    if (!requests.tryAcquire()) {
      throw new OverloadedException(
          Cause.BUSY, "%d requests are already waiting; send again".formatted(mostRequests));
    }
    return new Place(this);
  }

  void reserve(int count) throws OverloadedException {
    if (!bytes.tryReserve(count)) {
      throw new OverloadedException(
          Cause.BUSY,
          "too many bytes are waiting to be read (limit " + bytes.limit() + "); send again");
    }
  }

  void leave(long reserved) {
    bytes.release(reserved);
    requests.release();
  }

  int usedRequests() {
    return mostRequests - requests.availablePermits();
  }

  long usedBytes() {
    return bytes.used();
  }
}
