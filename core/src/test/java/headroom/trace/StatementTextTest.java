package headroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.testkit.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          select * from t where id = 42 ~ select * from t where id = ?
          SELECT a FROM t WHERE n = 'O''Brien' ~ SELECT a FROM t WHERE n = ?
          SELECT a FROM t WHERE id IN (1, 2,3 , 'x') ~ SELECT a FROM t WHERE id IN (?)
          SELECT a FROM t WHERE id IN (?, ?, ?) ~ SELECT a FROM t WHERE id IN (?)
          SELECT a FROM t WHERE (a, b) IN ((1, 2), (3, 4)) ~ SELECT a FROM t WHERE (a, b) IN ((?))
          INSERT INTO t (a, b) VALUES (1, now()), (2, now()) ~ INSERT INTO t (a, b) VALUES (?, now())
          INSERT INTO t VALUES (1), (2) ON CONFLICT (a) DO UPDATE SET b = -3 ~ INSERT INTO t VALUES (?) ON CONFLICT (a) DO UPDATE SET b = ?
          INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a), b = VALUES(b) ~ INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a), b = VALUES(b)
          SELECT/* tenant 7 */a -- user 'x' ~ SELECT a
          SELECT "Order"."Id" FROM "Order" WHERE x = $1 ~ SELECT "Order"."Id" FROM "Order" WHERE x = ?
          SELECT a::text FROM t1 WHERE b = :name AND c = 1.5e-3 ~ SELECT a::text FROM t1 WHERE b = ? AND c = ?
          SELECT $tag$secret$tag$, E'it\\'s', x'ff', a - 1, a - -1 ~ SELECT ?, a - ?, a - ?
          UPDATE t SET a=-5, b = 0xFF WHERE c>.5 ~ UPDATE t SET a=?, b = ? WHERE c>?
          SELECT date '2020-01-01', t.c2 FROM t_2020 t ~ SELECT date ?, t.c2 FROM t_2020 t
          """)
  void keepsTheShapeAndDropsTheLiterals(String sql, String expected) {
    assertThat(StatementText.normalise(sql, "postgresql")).isEqualTo(expected);
  }

  @Test
  void takesDoubleQuotesForLiteralsWhereTheSystemMayDoSo() {
    String sql = "SELECT `a` FROM t WHERE b = \"secret\"";
    assertThat(StatementText.normalise(sql, "mysql")).isEqualTo("SELECT `a` FROM t WHERE b = ?");
    assertThat(StatementText.normalise(sql, null)).isEqualTo("SELECT `a` FROM t WHERE b = ?");
  }

  @Test
  void doesNotGuessWhatABackslashBeforeAQuoteMeans() {
    assertThat(StatementText.normalise("a = 'it\\'s my secret' AND b = 'other'", "mysql"))
        .isEqualTo("a = ?");
    assertThat(StatementText.normalise("a = 'C:\\' AND b = 'secret' AND c", "postgresql"))
        .isEqualTo("a = ? AND c");
  }

  @Test
  void isBoundedInLength() {
    String wide = "SELECT " + "some_column, ".repeat(200) + "x FROM t WHERE a = 'secret'";
    assertThat(StatementText.normalise(wide, null)).hasSizeBetween(450, 500).endsWith("…");
    String list = "SELECT a FROM t WHERE id IN (" + "123, ".repeat(100_000) + "4)";
    assertThat(StatementText.normalise(list, null))
        .startsWith("SELECT a FROM t WHERE id IN (?")
        .hasSizeLessThan(32);
  }

  @Test
  void normalisingAgainChangesNothing() {
    ForAll.cases(6_000)
        .check(
            StatementTextTest::garbage,
            text -> {
              for (String system : new String[] {"postgresql", "mysql"}) {
                String once = StatementText.normalise(text, system);
                assertThat(once).hasSizeLessThanOrEqualTo(StatementText.MAX_LENGTH);
                assertThat(StatementText.normalise(once, system)).isEqualTo(once);
              }
            });
  }

  @Test
  void noLiteralOfAStatementIsLeftInIt() {
    ForAll.cases(3_000)
        .check(
            Planted::draw,
            planted -> {
              String text = StatementText.normalise(planted.sql, "postgresql");
              for (String secret : planted.secrets) {
                assertThat(text).doesNotContain(secret);
              }
              assertThat(text).contains("ledger");
            });
  }

  private record Planted(String sql, List<String> secrets) {
    static Planted draw(RandomGenerator random) {
      var secrets = new ArrayList<String>();
      var sql = new StringBuilder("SELECT l.id FROM ledger l WHERE l.a = 0");
      int conditions = random.nextInt(1, 8);
      for (int i = 0; i < conditions; i++) {
        sql.append(random.nextBoolean() ? " AND l.c" : "\n/* x */OR l.c").append(i);
        sql.append(random.nextBoolean() ? " = " : " IN (");
        boolean list = sql.charAt(sql.length() - 1) == '(';
        int values = list ? random.nextInt(1, 5) : 1;
        for (int v = 0; v < values; v++) {
          sql.append(v > 0 ? "," : "").append(literal(random, secrets));
        }
        sql.append(list ? ")" : "");
      }
      return new Planted(sql.toString(), secrets);
    }

    private static String literal(RandomGenerator random, List<String> secrets) {
      String number = Long.toString(random.nextLong(100_000, Long.MAX_VALUE));
      String word = "zq" + Long.toString(random.nextLong(1L << 40, Long.MAX_VALUE), 36);
      return switch (random.nextInt(8)) {
        case 0 -> keep(number, secrets);
        case 1 -> "-" + keep(number, secrets) + "." + keep(number, secrets) + "e+12";
        case 2 -> "'" + keep(word, secrets) + "'";
        case 3 -> "'it''s " + keep(word, secrets) + " -- /* '";
        case 4 -> "$body$" + keep(word, secrets) + " $1 ' $body$";
        case 5 -> "E'a\\'" + keep(word, secrets) + "\\\\'";
        case 6 -> "'" + keep(word, secrets) + "'::uuid";
        default -> "N'\n" + keep(word, secrets) + "\"'";
      };
    }

    private static String keep(String secret, List<String> secrets) {
      secrets.add(secret);
      return secret;
    }
  }

  private static final String[] PIECES = {
    "'",
    "\"",
    "`",
    "\\",
    "$",
    "$$",
    "$1",
    ":",
    "::",
    ":x",
    "?",
    "-",
    "--",
    "+",
    "/*",
    "*/",
    "\n",
    " ",
    " ",
    ",",
    ",",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    "=",
    ".",
    "5",
    "1e",
    "1e-3",
    "a",
    "E",
    "_u",
    "N'",
    "VALUES",
    " values ",
    "select",
    "…",
    "é",
    "\uD83D",
    "\uDE00",
    "\t",
    ";",
    "x1",
    "{",
    "0xF",
    "long_identifier_that_takes_room_0123456789",
    "'literal'",
    "(?)",
    ", (?)",
    "(1), (2)"
  };

  private static String garbage(RandomGenerator random) {
    var text = new StringBuilder();
    int pieces = random.nextInt(1, random.nextInt(10) == 0 ? 400 : 25);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
