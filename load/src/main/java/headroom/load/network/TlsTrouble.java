package headroom.load.network;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a connection could not be secured. */
public final class TlsTrouble {
  private static final int MOST_CAUSES = 16;

  private TlsTrouble() {}

  /** Whether TLS is the reason for a failure. */
  public static boolean isReason(Throwable failure) {
    return find(failure, SSLException.class) != null;
  }

  /** The reason, named after what can be done about it. */
  public static String explain(Throwable failure) {
    CertificateExpiredException expired = find(failure, CertificateExpiredException.class);
    if (expired != null) {
      return "its certificate has expired (%s)".formatted(expired.getMessage());
    }
    CertificateNotYetValidException early = find(failure, CertificateNotYetValidException.class);
    if (early != null) {
      return "its certificate is not valid yet (%s)".formatted(early.getMessage());
    }
    if (find(failure, CertPathBuilderException.class) != null) {
      return "its certificate is not trusted: none of the authorities known here leads to it; name"
          + " its own with tls: { ca: FILE }, or trust any with tls: { insecure: true }";
    }
    String message = deepestMessage(failure);
    CertificateException certificate = find(failure, CertificateException.class);
    if (certificate != null && isAnotherHost(String.valueOf(certificate.getMessage()))) {
      return "its certificate is for another host (%s)".formatted(certificate.getMessage());
    }
    if (message.contains("certificate_required")
        || message.contains("bad_certificate")
        || message.contains("certificate_unknown")) {
      return "the target does not accept our certificate or wants one: name it with tls: {"
          + " certificate: FILE, key: FILE } (%s)".formatted(message);
    }
    if (message.contains("Unsupported or unrecognized SSL message")
        || message.contains("not an SSL/TLS record")) {
      return "it does not answer in TLS; is it a plain http target?";
    }
    if (message.toLowerCase(Locale.ROOT).contains("closed")) {
      return "the target closed the connection during the handshake";
    }
    return message;
  }

  private static boolean isAnotherHost(String message) {
    return message.startsWith("No subject alternative") || message.startsWith("No name matching");
  }

  private static String deepestMessage(Throwable failure) {
    String message = failure.getClass().getSimpleName();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause.getMessage() != null) {
        message = cause.getMessage();
      }
      cause = cause.getCause();
    }
    return message;
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
      cause = cause.getCause();
    }
    return null;
  }
}
