package headroom.analysis;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is expensive to compute and may be a few seconds old. Whoever asks while it is being
 * computed waits for that computation instead of starting another; a failure is kept as long as a
 * value, so that polling a broken computation stays cheap.
 */
final class CachedValue<T> {
  private final Supplier<T> computation;
  private final long lifeNanos;
  private final LongSupplier nanoTime;
  private @Nullable Result<T> result;

  private record Result<T>(@Nullable T value, @Nullable RuntimeException failure, long nanos) {}

  CachedValue(Supplier<T> computation, Duration life, LongSupplier nanoTime) {
    this.computation = computation;
    this.lifeNanos = life.toNanos();
    this.nanoTime = nanoTime;
  }

  synchronized T get() {
    Result<T> current = result;
    if (current == null || nanoTime.getAsLong() - current.nanos() >= lifeNanos) {
      current = compute();
      result = current;
    }
    if (current.failure() != null) {
      throw current.failure();
    }
    T value = current.value();
    if (value == null) {
      throw new IllegalStateException("a computation must not return null");
    }
    return value;
  }

  private Result<T> compute() {
    try {
      T value = computation.get();
      return new Result<>(value, null, nanoTime.getAsLong());
    } catch (RuntimeException failure) {
      return new Result<>(null, failure, nanoTime.getAsLong());
    }
  }
}
