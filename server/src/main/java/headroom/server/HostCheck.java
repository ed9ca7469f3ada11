package headroom.server;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request was addressed to this server by a name of its own. A web page whose owner
 * points its name at 127.0.0.1 (DNS rebinding) can reach a server on the loopback address, but not
 * without giving itself away in the {@code Host} header.
 */
final class HostCheck {
  private final Set<String> allowed = new TreeSet<>();
  private final boolean any;

  /**
   * A check for a server that listens on {@code host}.
   *
   * @param any accept every name: for a server that asks for a token, which a foreign page lacks
   */
  HostCheck(String host, Set<String> further, boolean any) {
    allowed.addAll(Set.of("localhost", "127.0.0.1", "::1"));
    allowed.add(host.toLowerCase(Locale.ROOT));
    allowed.addAll(further);
    this.any = any;
  }

  boolean accepts(@Nullable String authority) {
    return any || (authority != null && allowed.contains(name(authority)));
  }

  /** The name without port, brackets and closing dot, in lower case. */
  static String name(String authority) {
    String name = authority.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      int end = name.indexOf(']');
      return end < 0 ? name : name.substring(1, end);
    }
    int colon = name.indexOf(':');
    if (colon >= 0 && name.indexOf(':', colon + 1) < 0) {
      name = name.substring(0, colon);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
