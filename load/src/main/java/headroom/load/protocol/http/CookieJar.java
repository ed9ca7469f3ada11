package headroom.load.protocol.http;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one user, as RFC 6265 has them: each goes only to the paths below its own, longer
 * paths first, until its time is over. A jar does not change; an answer makes another of it.
 *
 * <p>A cookie that is {@code Secure} never goes over http, not even to the machine itself: the RFC
 * leaves to the client what is secure, and a load test should fail where its users would.
 */
final class CookieJar {
  /** The most that are kept, which is the least that a browser must keep; RFC 6265, 6.1. */
  static final int MOST = 50;

  /** The most characters of all together: what is oldest is dropped to keep within it. */
  static final int MOST_CHARACTERS = 8_192;

  /** Longer than any test, and short enough for nanoseconds. */
  private static final long LONGEST_SECONDS = 3_000_000_000L;

  static final CookieJar EMPTY = new CookieJar(List.of());

  private final List<Kept> cookies;

  /** What is sent to whatever path at whatever time; absent where that makes a difference. */
  private final @Nullable String always;

  /**
   * Whom cookies are from and sent to.
   *
   * @param host lower case
   * @param secure whether it is spoken to over https
   */
  record Site(String host, boolean secure) {}

  /** How many cookies did not come into a jar, or had to leave one. */
  static final class Losses {
    private long dropped;
    private long refused;

    /** Cookies forgotten because their user had too many. */
    long dropped() {
      return dropped;
    }

    /** Cookies that were no cookies, were meant for another host, or may not go over http. */
    long refused() {
      return refused;
    }
  }

  /**
   * A cookie. Name, domain and path are its identity.
   *
   * @param pair what is sent: name and value
   * @param endsNanos in the loop's time; absent for the whole session
   */
  private record Kept(
      String name, String pair, String domain, String path, OptionalLong endsNanos) {
    boolean isSame(Kept other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    boolean isOver(long nowNanos) {
      return endsNanos.isPresent() && endsNanos.getAsLong() - nowNanos <= 0;
    }

    boolean goesTo(String asked) {
      return asked.startsWith(path)
          && (asked.length() == path.length()
              || path.endsWith("/")
              || asked.charAt(path.length()) == '/');
    }
  }

  private CookieJar(List<Kept> cookies) {
    this.cookies = List.copyOf(cookies);
    boolean plain =
        cookies.stream().allMatch(kept -> kept.path.equals("/") && kept.endsNanos.isEmpty());
    this.always = plain ? joined(this.cookies) : null;
  }

  /** Whether a request's path and time decide what goes with it. */
  boolean depends() {
    return always == null && !cookies.isEmpty();
  }

  /** What goes with every request, null for nothing; only where it does not depend. */
  @Nullable String header() {
    return always;
  }

  /** What goes with a request, null for nothing. */
  @Nullable String header(String path, long nowNanos) {
    return joined(
        cookies.stream()
            .filter(kept -> kept.goesTo(path) && !kept.isOver(nowNanos))
            .sorted(Comparator.comparingInt(kept -> -kept.path.length()))
            .toList());
  }

  private static @Nullable String joined(List<Kept> cookies) {
    return cookies.isEmpty() ? null : String.join("; ", cookies.stream().map(Kept::pair).toList());
  }

  /**
   * The jar once an answer has been taken.
   *
   * @param setCookie the values of the answer's headers, each on a line of its own
   * @param path that was asked
   * @param nowNanos in the loop's time
   */
  CookieJar after(String setCookie, Site site, String path, long nowNanos, Losses losses) {
    var kept = new ArrayList<>(cookies);
    for (String line : setCookie.split("\n")) {
      Cookie cookie = ClientCookieDecoder.LAX.decode(line.strip());
      if (cookie == null || !isClean(cookie.name()) || !isClean(cookie.value())) {
        losses.refused++;
        continue;
      }
      String domain = domain(cookie, site);
      if (!belongs(site.host, domain)) {
        losses.refused++;
        continue;
      }
      put(kept, cookie, domain, site, path, nowNanos, losses);
    }
    kept.removeIf(each -> each.isOver(nowNanos));
    int characters = kept.stream().mapToInt(each -> each.pair.length() + 2).sum();
    while (kept.size() > MOST || characters > MOST_CHARACTERS) {
      characters -= kept.removeFirst().pair.length() + 2;
      losses.dropped++;
    }
    return kept.isEmpty() ? EMPTY : new CookieJar(kept);
  }

  private static void put(
      List<Kept> kept,
      Cookie cookie,
      String domain,
      Site site,
      String path,
      long nowNanos,
      Losses losses) {
    String value = cookie.wrap() ? '"' + cookie.value() + '"' : cookie.value();
    var fresh =
        new Kept(
            cookie.name(),
            cookie.name() + "=" + value,
            domain,
            path(cookie, path),
            ends(cookie, nowNanos));
    boolean refused = cookie.isSecure() && !site.secure;
    boolean over = fresh.isOver(nowNanos);
    if (refused && !over) {
      losses.refused++;
    }
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).isSame(fresh)) {
        // Its age, and so its place, remains.
        if (refused || over) {
          kept.remove(i);
        } else {
          kept.set(i, fresh);
        }
        return;
      }
    }
    if (!refused && !over) {
      kept.add(fresh);
    }
  }

  /** Nothing that would end a line or begin another cookie. */
  private static boolean isClean(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != ';');
  }

  private static String domain(Cookie cookie, Site site) {
    String stated = cookie.domain();
    if (stated == null || stated.isBlank() || stated.equals(".")) {
      return site.host;
    }
    String domain = stated.strip().toLowerCase(Locale.ROOT);
    return domain.startsWith(".") ? domain.substring(1) : domain;
  }

  /** Whether a host lies in a domain; a number has no domain but itself. RFC 6265, 5.1.3. */
  private static boolean belongs(String host, String domain) {
    return host.equals(domain)
        || (host.endsWith("." + domain) && domain.indexOf('.') > 0 && !host.matches("[0-9.]+"));
  }

  /** The path that the cookie is for; without one, the folder of what was asked. */
  private static String path(Cookie cookie, String asked) {
    String stated = cookie.path();
    if (stated != null && stated.startsWith("/")) {
      return stated;
    }
    int end = asked.lastIndexOf('/');
    return end <= 0 ? "/" : asked.substring(0, end);
  }

  /** When it ends: Max-Age goes before Expires, which the decoder turns into seconds from now. */
  private static OptionalLong ends(Cookie cookie, long nowNanos) {
    long seconds = cookie.maxAge();
    return seconds == Cookie.UNDEFINED_MAX_AGE
        ? OptionalLong.empty()
        : OptionalLong.of(nowNanos + Math.clamp(seconds, 0, LONGEST_SECONDS) * 1_000_000_000L);
  }
}
