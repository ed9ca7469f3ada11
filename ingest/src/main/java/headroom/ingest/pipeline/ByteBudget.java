package headroom.ingest.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all request bodies together may take, from the first byte to the answer. */
final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  ByteBudget(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1 byte, got " + limit);
    }
    this.limit = limit;
  }

  boolean tryReserve(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }

  long limit() {
    return limit;
  }
}
