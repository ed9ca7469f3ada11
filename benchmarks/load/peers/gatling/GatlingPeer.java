import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;

/**
 * GETs one URL with Gatling, by the system properties {@code peer.url}, {@code peer.seconds} and
 * {@code peer.rate}: without a rate a closed loop of 64 users with a connection each, else so many
 * users a second who make one request over shared connections, however many that takes.
 */
public final class GatlingPeer extends Simulation {
  private static final int CONNECTIONS = 64;

  public GatlingPeer() {
    int seconds = Integer.getInteger("peer.seconds");
    int rate = Integer.getInteger("peer.rate", 0);
    ChainBuilder look =
        exec(http("look").get(System.getProperty("peer.url")).check(status().is(200)));
    // What it would ask of a server of its makers to warm up is no part of the test.
    var protocol = http.disableWarmUp().disableCaching();
    var users =
        rate == 0
            ? scenario("closed").exec(during(seconds).on(look)).injectOpen(atOnceUsers(CONNECTIONS))
            : scenario("open").exec(look).injectOpen(constantUsersPerSec(rate).during(seconds));
    setUp(users.protocols(rate == 0 ? protocol : protocol.shareConnections()));
  }
}
