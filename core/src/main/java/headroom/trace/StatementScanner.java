package headroom.trace;

import org.jspecify.annotations.Nullable;

/**
 * Splits SQL into tokens without knowing its grammar. What cannot be told apart is a literal, so
 * that nothing secret passes for a name. After {@link #next}, the token lies in {@code [from, at)}.
 */
final class StatementScanner {
  /** The sorts of tokens. */
  enum Token {
    /** A name or keyword. */
    WORD,
    /** A quoted name, with its quotes. */
    QUOTED_NAME,
    /** A string, number or parameter. */
    LITERAL,
    /** A single other character. */
    SYMBOL
  }

  private static final int MAX_QUOTED_NAME = 130;

  private final String text;
  private final int end;
  private final boolean doubleQuotesAreLiterals;

  /** Where the last token begins, and where scanning goes on. */
  int from;

  int at;

  /** Whether white space or a comment stood before the last token. */
  boolean spaceBefore;

  StatementScanner(String text, int end, boolean doubleQuotesAreLiterals) {
    this.text = text;
    this.end = end;
    this.doubleQuotesAreLiterals = doubleQuotesAreLiterals;
  }

  /** Moves to the next token; null at the end. */
  @Nullable Token next() {
    spaceBefore = skipBlank();
    from = at;
    if (at >= end) {
      return null;
    }
    char c = text.charAt(at);
    if (isWordStart(c)) {
      return word(c);
    }
    if (Character.isDigit(c) || (c == '.' && Character.isDigit(peek(1)) && !followsName())) {
      skipNumber();
      return Token.LITERAL;
    }
    return switch (c) {
      case '\'' -> {
        skipString('\'', false);
        yield Token.LITERAL;
      }
      case '"' -> doubleQuoted();
      case '`' -> backQuoted();
      case '$' -> dollar();
      case ':' -> colon();
      case '?' -> {
        at++;
        yield Token.LITERAL;
      }
      default -> {
        at++;
        yield Token.SYMBOL;
      }
    };
  }

  /** The first character of the last token. */
  char first() {
    return text.charAt(from);
  }

  boolean isWord(String keyword) {
    return at - from == keyword.length()
        && text.regionMatches(true, from, keyword, 0, keyword.length());
  }

  private char peek(int ahead) {
    return at + ahead < end ? text.charAt(at + ahead) : '\0';
  }

  /** Skips white space and comments; whether there was any. */
  private boolean skipBlank() {
    int before = at;
    while (at < end) {
      char c = text.charAt(at);
      if (c <= ' ' || Character.isWhitespace(c) || Character.isISOControl(c)) {
        at++;
      } else if (c == '-' && peek(1) == '-') {
        skipPast("\n", at);
      } else if (c == '/' && peek(1) == '*') {
        skipPast("*/", at + 2);
      } else {
        break;
      }
    }
    return at > before;
  }

  private void skipPast(String terminator, int start) {
    int found = text.indexOf(terminator, start);
    at = found < 0 ? end : Math.min(end, found + terminator.length());
  }

  private Token word(char first) {
    while (at < end && isWordPart(text.charAt(at))) {
      at++;
    }
    int length = at - from;
    if (at < end && text.charAt(at) == '\'' && (length <= 2 || first == '_')) {
      // N'…', E'…', X'…', _utf8'…': the prefix belongs to the literal.
      skipString('\'', length == 1 && (first == 'e' || first == 'E'));
      return Token.LITERAL;
    }
    return Token.WORD;
  }

  private boolean followsName() {
    char before = at > 0 ? text.charAt(at - 1) : ' ';
    return isWordPart(before) || before == '"' || before == '`' || before == ']' || before == ')';
  }

  private void skipNumber() {
    while (at < end) {
      char c = text.charAt(at);
      char before = at > from ? text.charAt(at - 1) : ' ';
      boolean exponentSign =
          (c == '+' || c == '-') && (before == 'e' || before == 'E') && Character.isDigit(peek(1));
      if (!isWordPart(c) && c != '.' && !exponentSign) {
        return;
      }
      at++;
    }
  }

  /** Skips a string from its opening quote on; doubled quotes belong to it. */
  private void skipString(char quote, boolean backslashEscapes) {
    at++;
    while (at < end) {
      char c = text.charAt(at++);
      if (c == '\\' && at < end && backslashEscapes) {
        at++;
      } else if (c == '\\' && at < end && text.charAt(at) == quote) {
        // An escape in some systems, the end in others: give up everything up to the last quote.
        at = Math.min(end, text.lastIndexOf(quote, end - 1) + 1);
        return;
      } else if (c == quote) {
        if (at < end && text.charAt(at) == quote) {
          at++;
        } else {
          return;
        }
      }
    }
  }

  private Token doubleQuoted() {
    skipString('"', false);
    boolean closed = at - from > 2 && text.charAt(at - 1) == '"';
    return closed && !doubleQuotesAreLiterals && isPlainName() ? Token.QUOTED_NAME : Token.LITERAL;
  }

  private Token backQuoted() {
    int closing = text.indexOf('`', at + 1);
    if (closing < 0 || closing >= end) {
      at = end;
      return Token.LITERAL;
    }
    at = closing + 1;
    return isPlainName() ? Token.QUOTED_NAME : Token.LITERAL;
  }

  private boolean isPlainName() {
    if (at - from > MAX_QUOTED_NAME) {
      return false;
    }
    for (int i = from; i < at; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\\' || c == '\'') {
        return false;
      }
    }
    return true;
  }

  /** PostgreSQL's {@code $1} and {@code $tag$text$tag$}; else only a character. */
  private Token dollar() {
    int i = at + 1;
    while (i < end && text.charAt(i) != '$' && isWordPart(text.charAt(i))) {
      i++;
    }
    if (Character.isDigit(peek(1))) {
      at = i;
      return Token.LITERAL;
    }
    if (i < end && text.charAt(i) == '$') {
      skipPast(text.substring(at, i + 1), i + 1);
      return Token.LITERAL;
    }
    at++;
    return Token.SYMBOL;
  }

  /** {@code :name} and {@code :1} are parameters, {@code ::type} is not. */
  private Token colon() {
    boolean cast = at > 0 && text.charAt(at - 1) == ':';
    char after = peek(1);
    at++;
    if (cast || !(isWordStart(after) || Character.isDigit(after))) {
      return Token.SYMBOL;
    }
    while (at < end && isWordPart(text.charAt(at))) {
      at++;
    }
    return Token.LITERAL;
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_' || Character.isSurrogate(c);
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isDigit(c) || c == '$';
  }
}
