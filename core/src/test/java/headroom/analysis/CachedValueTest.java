package headroom.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CachedValueTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger computed = new AtomicInteger();

  @Test
  void aValueIsComputedAgainWhenItsLifeIsOver() {
    var cached = new CachedValue<>(computed::incrementAndGet, Duration.ofNanos(10), nanos::get);

    assertThat(cached.get()).isEqualTo(1);
    nanos.set(9);
    assertThat(cached.get()).isEqualTo(1);
    nanos.set(10);
    assertThat(cached.get()).isEqualTo(2);
  }

  @Test
  void aFailureIsKeptAsLongAsAValue() {
    var cached =
        new CachedValue<>(
            () -> {
              throw new IllegalStateException("number " + computed.incrementAndGet());
            },
            Duration.ofNanos(10),
            nanos::get);

    assertThatThrownBy(cached::get).hasMessage("number 1");
    assertThatThrownBy(cached::get).hasMessage("number 1");
    nanos.set(10);
    assertThatThrownBy(cached::get).hasMessage("number 2");
  }
}
