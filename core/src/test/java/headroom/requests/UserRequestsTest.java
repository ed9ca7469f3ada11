package headroom.requests;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Planted;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserRequestsTest {
  private static List<String> actions(History history) {
    return history.of(Measure.ACTION).stream().map(one -> one.key().subject()).sorted().toList();
  }

  private static Planted items(double meanSeconds) {
    var planted = new Planted(60, 5);
    return planted.with(
        Measure.ACTION,
        "",
        "GET /items",
        "",
        (i, cell) -> planted.requests(cell, 200, meanSeconds));
  }

  @Test
  void streamsAreToldByTheirLifetimeAndNotJudged() {
    var planted = items(0.02);
    planted.with(
        Measure.ACTION,
        "",
        "GET /events",
        "",
        (i, cell) -> cell.record(30 + planted.random.nextInt(200), false));
    UserRequests requests = UserRequests.of(planted.history());
    assertThat(actions(requests.history())).containsExactly("GET /items");
    assertThat(requests.lifetimes())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.operation()).isEqualTo("GET /events");
          assertThat(one.count()).isEqualTo(60);
          assertThat(one.seconds()).isBetween(30.0, 240.0);
        });
  }

  @Test
  void anOverloadedServiceIsNotTakenForOneThatStreams() {
    var planted = items(8);
    planted.with(
        Measure.ACTION,
        "",
        "POST /orders",
        "",
        (i, cell) -> cell.record(30 + planted.random.nextInt(200), false));
    UserRequests requests = UserRequests.of(planted.history());
    assertThat(actions(requests.history())).containsExactly("GET /items", "POST /orders");
    assertThat(requests.lifetimes()).isEmpty();
  }

  @Test
  void probesAreNoLoadOfUsers() {
    var planted = items(0.02);
    for (String probe : List.of("GET /healthz", "GET /actuator/prometheus", "HEAD /ready/")) {
      planted.with(Measure.ACTION, "", probe, "", (i, cell) -> planted.requests(cell, 50, 0.001));
    }
    planted.with(
        Measure.ACTION, "", "GET /health-plans", "", (i, cell) -> planted.requests(cell, 5, 0.01));
    assertThat(actions(UserRequests.of(planted.history()).history()))
        .containsExactly("GET /health-plans", "GET /items");
  }
}
