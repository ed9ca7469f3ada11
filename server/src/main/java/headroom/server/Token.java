package headroom.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The secret that senders and readers present: as {@code Authorization: Bearer TOKEN}, or in a
 * browser as a cookie that holds a digest of it. Comparisons take the same time for every answer.
 */
final class Token {
  static final String COOKIE = "headroom";
  private static final String BEARER = "Bearer ";

  private final byte[] digest;

  Token(String token) {
    this.digest = digest(token);
  }

  boolean isIn(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && is(authorization.substring(BEARER.length()).strip());
  }

  boolean is(String given) {
    return MessageDigest.isEqual(digest, digest(given));
  }

  boolean isCookie(String value) {
    return MessageDigest.isEqual(
        cookieValue().getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  /** Says that its bearer knew the token, but not the token. */
  String cookieValue() {
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(("headroom token\n" + text).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
