package wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MoneyTest {
  private static final long SEED = 20_261_121;
  private static final int EXCHANGES = 200;
  private static final int USERS = 3;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void noMoneyIsMadeOrLostByConcurrentExchanges() throws Exception {
    var knobs =
        Knobs.parse(
            "--port=0",
            "--users=" + USERS,
            "--pool-size=8",
            "--partner-time=0",
            "--jdbc-url=" + DATABASE.jdbcUrl());
    try (var wallet = Wallet.start(knobs)) {
      String before = balances();
      var statuses = exchange(wallet);
      assertThat(statuses).as("statuses, seed %d", SEED).containsOnly(200, 422);
      long done = statuses.stream().filter(status -> status == 200).count();
      assertThat(done).isGreaterThan(EXCHANGES / 2);
      assertThat(balances()).as("exchanges change balances").isNotEqualTo(before);
      assertThat(DATABASE.ask("SELECT count(*) FROM exchange WHERE id > " + USERS * 20))
          .isEqualTo(Long.toString(done));
    }
    assertThat(
            DATABASE.ask(
                "SELECT count(*) FROM (SELECT exchange_id, currency FROM ledger_entry"
                    + " GROUP BY 1, 2 HAVING sum(amount) <> 0) unbalanced"))
        .as("exchanges and currencies whose entries do not sum to zero")
        .isEqualTo("0");
    assertThat(
            DATABASE.ask(
                "SELECT count(*) FROM balance b WHERE (b.amount - (SELECT coalesce(sum(l.amount),"
                    + " 0) FROM ledger_entry l WHERE l.account_id = b.account_id AND l.currency ="
                    + " b.currency AND l.exchange_id > "
                    + USERS * 20
                    + ")) % 1 <> 0"))
        .as("balances that differ from their seeded, whole amount plus the ledger")
        .isEqualTo("0");
  }

  private static String balances() throws Exception {
    return DATABASE.ask("SELECT string_agg(amount::text, ',' ORDER BY 1) FROM balance");
  }

  private static List<Integer> exchange(Wallet wallet) throws Exception {
    var random = new SplittableRandom(SEED);
    var currencies = Schema.CURRENCIES;
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(8);
        var callers = new Callers(wallet.port())) {
      var calls = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < EXCHANGES; i++) {
        int user = random.nextInt(USERS);
        String from = currencies.get(random.nextInt(currencies.size()));
        String to = currencies.get((currencies.indexOf(from) + 1) % currencies.size());
        // The large ones find too little.
        String amount = random.nextInt(5) == 0 ? "150000.01" : "0." + (1 + random.nextInt(99));
        calls.add(() -> callers.of(user).exchange(from, to, amount).status());
      }
      for (var answer : threads.invokeAll(calls)) {
        statuses.add(answer.get());
      }
    }
    return statuses;
  }

  private static final class Callers implements AutoCloseable {
    private final ArrayList<Caller> callers = new ArrayList<>();

    Callers(int port) throws Exception {
      for (int user = 1; user <= USERS; user++) {
        callers.add(new Caller(port).as(user));
      }
    }

    Caller of(int user) {
      return callers.get(user);
    }

    @Override
    public void close() {
      callers.forEach(Caller::close);
    }
  }
}
