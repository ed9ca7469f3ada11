package headroom.cli.demo;

import headroom.cli.prove.Bounds;
import headroom.cli.prove.Proof;
import headroom.plan.RateSegment;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import headroom.wall.Objective;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the wallet's users do: most sign in and look at their balance, the others exchange and look
 * at their history. They arrive independently of each other and of the answers.
 */
final class WalletLoad {
  private static final Duration WARM_UP = Duration.ofSeconds(25);
  private static final double SIGN_IN_SHARE = 0.6;
  private static final double EXCHANGE_SHARE = 0.4;

  /** Requests that one arrival makes, on average over the mix: two or three. */
  private static final double REQUESTS_PER_JOURNEY = 2 * SIGN_IN_SHARE + 3 * EXCHANGE_SHARE;

  private WalletLoad() {}

  /** Traffic that rises and falls below a peak, as a few hours of a day would, then stays there. */
  private static List<RateSegment> watch(double peakRequestsPerSecond, int seconds) {
    double peak = peakRequestsPerSecond / REQUESTS_PER_JOURNEY;
    double[] shares = {0.4, 0.75, 0.5, 0.9, 0.6};
    double each = (seconds - 60.0) / shares.length;
    List<RateSegment> segments = new ArrayList<>();
    for (double share : shares) {
      segments.add(new Steady(share * peak, each));
    }
    segments.add(new Steady(peak, 60));
    return segments;
  }

  /** The proof that the demo is. */
  static Proof.Settings settings(URI wallet, double watchedPerSecond, int seconds, long seed) {
    return new Proof.Settings(
        "wallet",
        builder(wallet).poisson().build(),
        watch(watchedPerSecond, seconds),
        WARM_UP,
        Objective.DEFAULT,
        Bounds.DEFAULT,
        Optional.empty(),
        seed);
  }

  private static PlanBuilder builder(URI wallet) {
    String credentials = "{\"user\":\"user-${customer}\",\"pin\":\"1234\"}";
    return PlanBuilder.to(wallet.toString())
        .variable("customer", new headroom.plan.ValueSource.IntegerBetween(1, 2_000))
        .journey(
            "sign-in",
            SIGN_IN_SHARE,
            journey ->
                journey
                    .post("/login")
                    .json(credentials)
                    .save("token", "$.token")
                    .think(Duration.ofMillis(250), Duration.ofMillis(750))
                    .get("/balance")
                    .header("authorization", "Bearer ${token}"))
        .journey(
            "exchange",
            EXCHANGE_SHARE,
            journey ->
                journey
                    .post("/login")
                    .json(credentials)
                    .save("token", "$.token")
                    .think(Duration.ofMillis(250), Duration.ofMillis(750))
                    .post("/exchange")
                    .header("authorization", "Bearer ${token}")
                    .json("{\"from\":\"USD\",\"to\":\"EUR\",\"amount\":\"1.00\"}")
                    .think(Duration.ofMillis(250), Duration.ofMillis(750))
                    .get("/history")
                    .header("authorization", "Bearer ${token}"));
  }
}
