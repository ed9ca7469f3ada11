package wallet;

import com.github.benmanes.caffeine.cache.Cache;
import java.math.BigDecimal;

/** Exchange rates of the provider, cached. */
final class Rates {
  private final Partner.Client partner;
  private final Cache<String, BigDecimal> cache;

  Rates(Partner.Client partner, Cache<String, BigDecimal> cache) {
    this.partner = partner;
    this.cache = cache;
  }

  /** How much of {@code bought} one unit of {@code sold} buys. */
  BigDecimal rate(String sold, String bought) {
    String pair = sold + "-" + bought;
    var cached = cache.getIfPresent(pair);
    if (cached != null) {
      return cached;
    }
    var rate = new BigDecimal(partner.get("/rates?pair=" + pair).trim());
    cache.put(pair, rate);
    return rate;
  }
}
