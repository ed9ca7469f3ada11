package wallet;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PINs as they are stored: salted and stretched. */
final class Pins {
  // Far too few to be safe: a demonstration must not be about hashing. Take hundreds of thousands.
  private static final int ITERATIONS = 100;
  private static final int BITS = 256;

  private Pins() {}

  /** A salt from the demo's seed, in hexadecimal. */
  static String salt(long seed) {
    var bytes = new byte[16];
    new SplittableRandom(seed).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String hash(String pin, String salt) {
    try {
      var key = new PBEKeySpec(pin.toCharArray(), HexFormat.of().parseHex(salt), ITERATIONS, BITS);
      return HexFormat.of()
          .formatHex(
              SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                  .generateSecret(key)
                  .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }

  static boolean matches(String pin, String salt, String hash) {
    return MessageDigest.isEqual(
        HexFormat.of().parseHex(hash), HexFormat.of().parseHex(hash(pin, salt)));
  }
}
