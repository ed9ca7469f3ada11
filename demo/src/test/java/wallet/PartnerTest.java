package wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PartnerTest {
  @Test
  void ratesAreAskedForOnceAsLongAsTheyAreCached() throws Exception {
    assertThat(callsForTenRates(Duration.ofMinutes(10))).isEqualTo(1);
    assertThat(callsForTenRates(Duration.ZERO)).isEqualTo(10);
  }

  private static long callsForTenRates(Duration ttl) throws IOException {
    try (var partner = Partner.start(Duration.ZERO, 0, 1);
        var client = new Partner.Client(partner.uri(), new Retrier.Naive())) {
      var rates = new Rates(client, Wallet.cache(new SimpleMeterRegistry(), "rates", ttl, 10));
      for (int i = 0; i < 10; i++) {
        assertThat(rates.rate("EUR", "USD")).isEqualByComparingTo("1.09");
      }
      return partner.calls();
    }
  }

  @Test
  void aPartnerThatAlwaysFailsIsAskedFourTimesNaively() throws Exception {
    try (var partner = Partner.start(Duration.ZERO, 1, 1);
        var client = new Partner.Client(partner.uri(), new Retrier.Naive())) {
      assertThatThrownBy(() -> client.get("/rates?pair=EUR-USD"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("503");
      assertThat(partner.calls()).isEqualTo(Retrier.Naive.ATTEMPTS);
    }
  }

  @Test
  void aPartnerOfLimitedCapacityServesWhatWasGivenUpToo() throws Exception {
    var time = Duration.ofMillis(300);
    try (var partner = Partner.start(time, 0, 1, 1);
        var client = new Partner.Client(partner.uri(), new Retrier.Naive())) {
      // Twelve calls in line take 3.6 s; most are given up after 500 ms, again and again, and
      // each attempt makes the line longer by one that nobody waits for.
      int users = 12;
      var together = new CyclicBarrier(users);
      var calls = new ArrayList<Thread>();
      var refused = new AtomicInteger();
      for (int i = 0; i < users; i++) {
        calls.add(
            Thread.ofVirtual()
                .start(() -> {
                  await(together);
                  try {
                    client.get("/rates?pair=EUR-USD");
                  } catch (Refusal e) {
                    refused.incrementAndGet();
                  }
                }));
      }
      for (var call : calls) {
        call.join();
      }
      // Those that are still in line get their turn.
      while (partner.calls() <= users) {
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(refused.get()).isPositive();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBudgetBoundsTheRepeats() {
    var pauses = new ArrayList<Duration>();
    var retrier = new Retrier.Budgeted(new SplittableRandom(7), pauses::add);
    var attempts = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(() ->
              retrier.call(() -> {
                attempts.incrementAndGet();
                throw new IOException("down");
              }))
          .isInstanceOf(IOException.class);
    }
    // Ten saved up, then one per ten calls.
    assertThat(attempts.get()).isBetween(1_100, 1_111);
    assertThat(pauses)
        .hasSize(attempts.get() - 1_000)
        .doesNotHaveDuplicates()
        .allMatch(pause -> pause.isPositive() && pause.toMillis() <= 50);
  }

  @Test
  void aRepeatThatSucceedsIsASuccess() throws Exception {
    assertThat(failingOnce(new Retrier.Naive())).isEqualTo("fine after 2");
    assertThat(failingOnce(new Retrier.Budgeted(new SplittableRandom(7), pause -> {})))
        .isEqualTo("fine after 2");
  }

  private static String failingOnce(Retrier retrier) throws Exception {
    var attempts = new AtomicInteger();
    return retrier.call(() -> {
      if (attempts.incrementAndGet() == 1) {
        throw new IOException("down");
      }
      return "fine after " + attempts.get();
    });
  }
}
