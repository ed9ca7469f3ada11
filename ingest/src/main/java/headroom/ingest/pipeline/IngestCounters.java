package headroom.ingest.pipeline;

import headroom.ingest.otlp.Signal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Running totals of what came in and what became of it. Safe for use by several threads. */
public final class IngestCounters {
  private final Map<Signal, LongAdder> accepted = perConstant(Signal.class);
  private final Map<Signal, LongAdder> rejected = perConstant(Signal.class);
  private final Map<Signal, LongAdder> requests = perConstant(Signal.class);
  private final Map<Refusal, LongAdder> refused = perConstant(Refusal.class);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder flushes = new LongAdder();
  private final LongAdder failedFlushes = new LongAdder();
  private final LongAdder flushedRollups = new LongAdder();
  private final AtomicReference<@Nullable Instant> lastAccepted = new AtomicReference<>();

  /** Why a whole request was refused. */
  public enum Refusal {
    OVERLOADED,
    STOPPING,
    MALFORMED,
    TOO_LARGE,
    UNSUPPORTED,
    UNAUTHORIZED,
    ABORTED,
    FAILED
  }

  private static <K extends Enum<K>> Map<K, LongAdder> perConstant(Class<K> type) {
    var map = new EnumMap<K, LongAdder>(type);
    for (K constant : type.getEnumConstants()) {
      map.put(constant, new LongAdder());
    }
    return map;
  }

  void received(Signal signal, int size, Receipt receipt, Instant now) {
    adder(requests, signal).increment();
    adder(accepted, signal).add(receipt.accepted());
    adder(rejected, signal).add(receipt.rejected());
    bytes.add(size);
    lastAccepted.set(now);
  }

  public void refused(Refusal reason) {
    adder(refused, reason).increment();
  }

  void flushed(int rollups) {
    flushes.increment();
    flushedRollups.add(rollups);
  }

  void flushFailed() {
    failedFlushes.increment();
  }

  private static <K> LongAdder adder(Map<K, LongAdder> map, K key) {
    LongAdder adder = map.get(key);
    if (adder == null) {
      throw new IllegalArgumentException("no counter for " + key);
    }
    return adder;
  }

  /** Requests that were read and acknowledged. */
  public long requests(Signal signal) {
    return adder(requests, signal).sum();
  }

  /** Spans, data points or log records taken. */
  public long accepted(Signal signal) {
    return adder(accepted, signal).sum();
  }

  /** Those named in partial successes. */
  public long rejected(Signal signal) {
    return adder(rejected, signal).sum();
  }

  /** Requests refused as a whole. */
  public long refusedFor(Refusal reason) {
    return adder(refused, reason).sum();
  }

  /** Bytes of acknowledged bodies as they were sent. */
  public long bytes() {
    return bytes.sum();
  }

  public long flushes() {
    return flushes.sum();
  }

  public long failedFlushes() {
    return failedFlushes.sum();
  }

  public long flushedRollups() {
    return flushedRollups.sum();
  }

  /** When a request was last acknowledged; null before the first. */
  public @Nullable Instant lastAccepted() {
    return lastAccepted.get();
  }
}
