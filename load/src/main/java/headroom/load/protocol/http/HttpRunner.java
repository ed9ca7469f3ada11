package headroom.load.protocol.http;

import headroom.load.network.EngineLoop;
import headroom.load.protocol.Action;
import headroom.load.protocol.Actor;
import headroom.load.protocol.Runner;
import headroom.load.result.ConnectionStats;
import headroom.plan.Plan;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Locale;

/** The requests of one event loop's users. */
final class HttpRunner implements Runner {
  private final EngineLoop loop;
  private final RequestClient client;
  private final URI target;
  private final CookieJar.Site site;
  private final CookieJar.Losses losses = new CookieJar.Losses();
  private final boolean followsRedirects;

  /** Exchanges that are over, to be used again: there are as many as were ever open at once. */
  private final ArrayDeque<HttpExchange> spare = new ArrayDeque<>();

  HttpRunner(EngineLoop loop, Plan plan, RequestClient client) {
    this.loop = loop;
    this.client = client;
    this.target = plan.target();
    this.site =
        new CookieJar.Site(
            String.valueOf(target.getHost()).toLowerCase(Locale.ROOT),
            "https".equalsIgnoreCase(target.getScheme()));
    this.followsRedirects = plan.wire().followRedirects();
  }

  @Override
  public boolean begin(Actor actor, Action action) {
    CompiledRequest request = (CompiledRequest) action;
    HttpExchange exchange = spare.pollLast();
    if (exchange == null) {
      exchange = new HttpExchange(this, actor, request);
    } else {
      exchange.renew(actor, request);
    }
    boolean taken = send(exchange);
    if (!taken) {
      exchange.over();
    }
    return taken;
  }

  /** Sends an exchange as soon as it can; false when too many wait. */
  boolean send(HttpExchange exchange) {
    return client.submit(exchange);
  }

  /** An exchange is over. */
  void release(HttpExchange exchange) {
    spare.addLast(exchange);
  }

  long nowNanos() {
    return loop.nowNanos();
  }

  /** Whom cookies are from. */
  CookieJar.Site site() {
    return site;
  }

  CookieJar.Losses losses() {
    return losses;
  }

  URI target() {
    return target;
  }

  boolean followsRedirects() {
    return followsRedirects;
  }

  @Override
  public void leave(Actor actor) {
    client.leave(actor);
  }

  @Override
  public int openConnections() {
    return client.openConnections();
  }

  @Override
  public void close(ConnectionStats into) {
    into.addStale(client.staleConnections());
    into.addTraffic(client.traffic().sentBytes(), client.traffic().receivedBytes());
    into.addLostCookies(losses.dropped(), losses.refused());
    client.close();
  }
}
