package headroom.load.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.protocol.http.CookieJar.Losses;
import headroom.load.protocol.http.CookieJar.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where cookies go and how long, by the rules of RFC 6265. */
class CookieJarTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Site PLAIN = new Site("shop.example.com", false);
  private static final Site SECURE = new Site("shop.example.com", true);

  private final Losses losses = new Losses();

  private CookieJar set(String header) {
    return set(CookieJar.EMPTY, PLAIN, header);
  }

  private CookieJar set(CookieJar before, Site site, String header) {
    return before.after(header, site, "/account/login", 0, losses);
  }

  @Test
  void cookiesGoBelowTheirPathOnly() {
    CookieJar jar = set("id=shop; Path=/shop\nid=account; Path=/account\nlang=en; Path=/");
    assertThat(jar.header("/shop/cart", 0)).isEqualTo("id=shop; lang=en");
    assertThat(jar.header("/shop", 0)).isEqualTo("id=shop; lang=en");
    assertThat(jar.header("/shopping", 0)).isEqualTo("lang=en");
    assertThat(jar.header("/account/me", 0)).isEqualTo("id=account; lang=en");
  }

  @Test
  void withoutAPathItIsTheFolderOfWhatWasAsked() {
    CookieJar jar = set("id=1");
    assertThat(jar.header("/account/me", 0)).isEqualTo("id=1");
    assertThat(jar.header("/shop", 0)).isNull();
    assertThat(CookieJar.EMPTY.after("id=1", PLAIN, "/login", 0, losses).header())
        .isEqualTo("id=1");
  }

  @Test
  void whatIsSetAgainReplacesWhatHasTheSamePath() {
    CookieJar jar = set("a=1; Path=/\nb=2; Path=/\na=3; Path=/\na=4; Path=/account");
    assertThat(jar.header("/account", 0)).isEqualTo("a=4; a=3; b=2");
    assertThat(set(jar, PLAIN, "a=; Path=/; Max-Age=0").header("/account", 0))
        .isEqualTo("a=4; b=2");
  }

  @Test
  void aCookieEndsWithItsTime() {
    CookieJar jar = set("a=1; Path=/; Max-Age=60\nb=2; Path=/");
    assertThat(jar.header("/", 59 * SECOND)).isEqualTo("a=1; b=2");
    assertThat(jar.header("/", 60 * SECOND)).isEqualTo("b=2");
    assertThat(set("a=1; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT").header()).isNull();
    assertThat(set("a=1; Path=/; Expires=Fri, 31 Dec 2999 23:59:59 GMT").header("/", 0))
        .isEqualTo("a=1");
    assertThat(set("a=1; Path=/; Max-Age=60; Expires=Thu, 01-Jan-1970 00:00:00 GMT").header("/", 0))
        .as("Max-Age goes before Expires")
        .isEqualTo("a=1");
  }

  @Test
  void aSecureCookieGoesOverHttpsOnly() {
    assertThat(set("id=1; Path=/; Secure").header()).isNull();
    assertThat(losses.refused()).isEqualTo(1);
    assertThat(set(CookieJar.EMPTY, SECURE, "id=1; Path=/; Secure").header()).isEqualTo("id=1");
    CookieJar loopback = set(CookieJar.EMPTY, new Site("127.0.0.1", false), "id=1; Path=/; Secure");
    assertThat(loopback.header()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example.com, shop.example.com, true",
    "shop.example.com, .example.com, true",
    "shop.example.com, EXAMPLE.com, true",
    "shop.example.com, com, false",
    "shop.example.com, other.com, false",
    "shop.example.com, ample.com, false",
    "shop.example.com, a.shop.example.com, false",
    "127.0.0.1, 0.0.1, false",
    "127.0.0.1, 127.0.0.1, true",
    "localhost, localhost, true",
  })
  void aDomainMustHoldTheHost(String host, String domain, boolean kept) {
    CookieJar jar = set(CookieJar.EMPTY, new Site(host, false), "id=1; Path=/; Domain=" + domain);
    assertThat(jar.header() != null).isEqualTo(kept);
    assertThat(losses.refused()).isEqualTo(kept ? 0 : 1);
  }

  @Test
  void aCookieOfTheHostAndOneOfItsDomainAreTwo() {
    assertThat(set("a=host; Path=/\na=domain; Path=/; Domain=example.com").header())
        .isEqualTo("a=host; a=domain");
  }

  @Test
  void aJarKeepsWithinItsBoundsAndForgetsTheOldest() {
    CookieJar jar = CookieJar.EMPTY;
    for (int i = 0; i < 100; i++) {
      jar = set(jar, PLAIN, "c%d=%s; Path=/".formatted(i, "x".repeat(200)));
    }
    assertThat(jar.header()).hasSizeLessThanOrEqualTo(CookieJar.MOST_CHARACTERS).contains("c99=");
    assertThat(jar.header()).doesNotContain("c0=");
    assertThat(losses.dropped()).isBetween(50L, 99L);
    CookieJar many = CookieJar.EMPTY;
    for (int i = 0; i < 60; i++) {
      many = set(many, PLAIN, "c%d=1; Path=/".formatted(i));
    }
    assertThat(String.valueOf(many.header()).split("; ", -1)).hasSize(CookieJar.MOST);
  }

  @Test
  void whatIsNoCookieIsRefused() {
    assertThat(set("nonsense").header()).isNull();
    assertThat(set("a=\u0001").header()).isNull();
    assertThat(losses.refused()).isEqualTo(2);
  }

  @Test
  void quotesAroundAValueAreSentAsTheyCame() {
    assertThat(set("a=\"b c\"; Path=/").header()).isEqualTo("a=\"b c\"");
  }
}
