package headroom.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a target behind https is trusted and how we show who we are.
 *
 * @param insecure whether any certificate is accepted
 * @param authority certificates to trust instead of those of the JVM, as PEM
 * @param certificate our own, as PEM, for targets that ask for one
 * @param key the private key to it, as PEM in PKCS 8
 */
public record Tls(
    boolean insecure, Optional<Path> authority, Optional<Path> certificate, Optional<Path> key) {
  /** What the JVM trusts, and no certificate of our own. */
  public static final Tls DEFAULT =
      new Tls(false, Optional.empty(), Optional.empty(), Optional.empty());

  public Tls {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("certificate and key go together");
    }
  }
}
