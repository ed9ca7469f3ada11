package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.store.Planted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations that come as chance will have it, and hold connections longer than statements run. */
class HoldersTest {
  private static final int WINDOWS = 120;

  private final Planted planted = new Planted(WINDOWS, 5);

  /** So many requests in a window on average, and how long each of them takes. */
  private int[] operation(String name, int mean, double seconds) {
    int[] counts = new int[WINDOWS];
    for (int t = 0; t < WINDOWS; t++) {
      for (int i = 0; i < 10 * mean; i++) {
        counts[t] += planted.random.nextInt(10) == 0 ? 1 : 0;
      }
    }
    planted.visits(Measure.OPERATION, "w-1", name, "", t -> counts[t], seconds);
    return counts;
  }

  private void statement(int[] counts, String operation, double seconds) {
    String text = "SELECT of " + operation;
    planted.visits(Measure.HOLD, "w-1", operation, "postgres", t -> counts[t], seconds);
    planted.visits(Measure.HOLD_STATEMENT, "w-1", operation, "postgres", t -> counts[t], seconds);
    planted.visits(Measure.STATEMENT, "", text, operation, t -> counts[t], seconds);
  }

  private void held(String pool, int[] counts, double seconds) {
    planted.visits(Measure.POOL_HOLD, "w-1", pool, "", t -> counts[t], seconds);
  }

  private double share(Holders holders, String operation) {
    return holders.byOperation().getOrDefault(operation, 0.0) / holders.seconds();
  }

  @Test
  void theOneThatWorksWhileItHoldsAConnectionIsNamed() {
    int[] balance = operation("GET /balance", 160, 0.010);
    int[] exchange = operation("POST /exchange", 40, 0.110);
    statement(balance, "GET /balance", 0.004);
    statement(exchange, "POST /exchange", 0.003);
    held("ledger", balance, 0.004);
    held("ledger", exchange, 0.093);

    Holders holders = Holders.of(planted.history(), "wallet", "ledger");

    double truth = 40 * 0.093 / (40 * 0.093 + 160 * 0.004);
    assertThat(share(holders, "POST /exchange")).isCloseTo(truth, within(0.03));
    assertThat(share(holders, "GET /balance")).isCloseTo(1 - truth, within(0.03));
    assertThat(holders.outsideStatements())
        .isCloseTo(1 - (40 * 0.003 + 160 * 0.004) / (40 * 0.093 + 160 * 0.004), within(0.02));
    assertThat(holders.statements().getOrDefault("SELECT of GET /balance", 9.0) / holders.seconds())
        .isLessThan(0.2);
  }

  @Test
  void ofTwoPoolsToOneDatabaseEachHasItsOwnHolder() {
    int[] read = operation("GET /read", 60, 0.060);
    int[] write = operation("POST /write", 30, 0.100);
    statement(read, "GET /read", 0.050);
    statement(write, "POST /write", 0.080);
    held("readers", read, 0.050);
    held("writers", write, 0.080);

    Holders readers = Holders.of(planted.history(), "wallet", "readers");
    Holders writers = Holders.of(planted.history(), "wallet", "writers");

    assertThat(share(readers, "GET /read")).isGreaterThan(0.85);
    assertThat(share(writers, "POST /write")).isGreaterThan(0.85);
    assertThat(List.of(readers.statements(), writers.statements()))
        .as("nobody knows which pool a statement went through")
        .allMatch(Map::isEmpty);
  }
}
