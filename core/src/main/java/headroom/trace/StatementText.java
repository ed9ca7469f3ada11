package headroom.trace;

import headroom.trace.StatementScanner.Token;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL without what differs from run to run: literals, numbers and parameters become {@code ?},
 * lists of them one {@code ?}; further rows of {@code VALUES} and comments go, white space shrinks.
 *
 * <pre>
 *   SELECT *  FROM t -- why       WHERE id IN (1, 2, 'x') AND at > -5.5e3
 *   SELECT * FROM t WHERE id IN (?) AND at > ?
 * </pre>
 *
 * <p>Laws: the result holds no string or number of the input and at most {@link #MAX_LENGTH}
 * characters; normalising it again changes nothing; any input has a result. {@code TRUE}, {@code
 * FALSE}, {@code NULL} and names stay, digits in names too.
 *
 * <p>Whether double quotes hold a name or a literal depends on the system; where it is not known to
 * follow the SQL standard they are taken for literals.
 */
public final class StatementText {
  public static final int MAX_LENGTH = 500;

  /** Longer input is not read to its end: a list of literals may go on for megabytes. */
  static final int MAX_INPUT = 32_768;

  private static final Set<String> STANDARD_QUOTES =
      Set.of(
          "postgresql",
          "oracle",
          "oracle.db",
          "mssql",
          "microsoft.sql_server",
          "h2",
          "h2database",
          "hsqldb",
          "derby",
          "db2",
          "ibm.db2",
          "sqlite",
          "cockroachdb",
          "redshift",
          "aws.redshift",
          "cassandra",
          "trino",
          "firebird",
          "firebirdsql",
          "hanadb",
          "sap.hana",
          "sybase");

  private static final int NO_ROWS = Integer.MIN_VALUE;
  private static final String BEFORE_SIGN = "=<>!+-*/%|&^~(,[{;";

  private final String text;
  private final StatementScanner scanner;
  private final StringBuilder out = new StringBuilder(128);

  /** The last end of a token where the result can be cut to the allowed length. */
  private int cut;

  /** Open parentheses, and how many there were at the last {@code VALUES}. */
  private int depth;

  private int rowsAt = NO_ROWS;
  private boolean firstRowDone;

  private StatementText(String text, boolean doubleQuotesAreLiterals) {
    this.text = text;
    this.scanner =
        new StatementScanner(text, Math.min(text.length(), MAX_INPUT), doubleQuotesAreLiterals);
  }

  /**
   * The normalised text.
   *
   * @param system OpenTelemetry's {@code db.system.name}, null when unknown
   */
  public static String normalise(String text, @Nullable String system) {
    boolean standard = system != null && STANDARD_QUOTES.contains(system.toLowerCase(Locale.ROOT));
    return new StatementText(text, !standard).run();
  }

  private String run() {
    for (Token token = scanner.next(); token != null; token = scanner.next()) {
      if (isFurtherRow(token)) {
        skipRow();
        continue;
      }
      if (firstRowDone) {
        rowsAt = NO_ROWS;
        firstRowDone = false;
      }
      switch (token) {
        case LITERAL -> literal();
        case QUOTED_NAME -> copy();
        case WORD -> word();
        case SYMBOL -> symbol(scanner.first());
      }
      if (out.length() > MAX_LENGTH) {
        out.setLength(cut);
        return out.append('…').toString();
      }
      cut = out.length() < MAX_LENGTH ? out.length() : Math.min(cut, out.length());
    }
    return out.toString();
  }

  private void word() {
    copy();
    if (scanner.isWord("values")) {
      rowsAt = depth;
      firstRowDone = false;
    }
  }

  private void copy() {
    spaceIfDue();
    out.append(text, scanner.from, scanner.at);
  }

  private void spaceIfDue() {
    if (scanner.spaceBefore && !out.isEmpty() && out.charAt(out.length() - 1) != '(') {
      out.append(' ');
    }
  }

  private void symbol(char c) {
    if (c != ')' && c != ',') {
      spaceIfDue();
    }
    out.append(c);
    if (c == '(') {
      depth++;
    } else if (c == ')') {
      depth--;
      firstRowDone = depth == rowsAt;
      dropRepeatedGroup("(?), (?)");
      dropRepeatedGroup("(?),(?)");
    }
  }

  private void dropRepeatedGroup(String twice) {
    int start = out.length() - twice.length();
    if (start >= 0 && out.indexOf(twice, start) == start) {
      out.setLength(start + "(?)".length());
    }
  }

  private void literal() {
    dropSigns();
    int last = lastVisible(out.length());
    if (last > 0 && out.charAt(last) == ',') {
      int before = lastVisible(last);
      if (before >= 0 && out.charAt(before) == '?') {
        out.setLength(before + 1);
        return;
      }
    }
    spaceIfDue();
    out.append('?');
  }

  /** Drops plus and minus where they belong to the literal that follows. */
  private void dropSigns() {
    while (true) {
      int sign = lastVisible(out.length());
      if (sign < 0 || (out.charAt(sign) != '-' && out.charAt(sign) != '+')) {
        return;
      }
      int before = lastVisible(sign);
      if (before >= 0 && BEFORE_SIGN.indexOf(out.charAt(before)) < 0) {
        return;
      }
      scanner.spaceBefore = sign > 0 && out.charAt(sign - 1) == ' ';
      out.setLength(before + 1);
    }
  }

  private int lastVisible(int end) {
    int i = end - 1;
    while (i >= 0 && out.charAt(i) == ' ') {
      i--;
    }
    return i;
  }

  /** Whether this is the comma before another row; moves to the parenthesis if so. */
  private boolean isFurtherRow(Token token) {
    if (!firstRowDone || token != Token.SYMBOL || scanner.first() != ',') {
      return false;
    }
    int from = scanner.from;
    int at = scanner.at;
    boolean spaceBefore = scanner.spaceBefore;
    if (scanner.next() == Token.SYMBOL && scanner.first() == '(') {
      return true;
    }
    scanner.from = from;
    scanner.at = at;
    scanner.spaceBefore = spaceBefore;
    return false;
  }

  private void skipRow() {
    int open = 1;
    while (open > 0) {
      Token token = scanner.next();
      if (token == null) {
        return;
      }
      if (token == Token.SYMBOL) {
        open += scanner.first() == '(' ? 1 : scanner.first() == ')' ? -1 : 0;
      }
    }
  }
}
