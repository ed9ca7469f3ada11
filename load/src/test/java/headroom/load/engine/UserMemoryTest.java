package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import headroom.load.network.EngineLoop;
import headroom.load.protocol.Protocol;
import headroom.plan.Plan;
import headroom.plan.build.PlanBuilder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A million users fit where their plan's own data do. */
class UserMemoryTest {
  private static final int USERS = 20_000;

  @Test
  void aUserTakesNoMoreThanTwoHundredBytes() {
    Plan plan =
        PlanBuilder.to("http://127.0.0.1:1")
            .journey(
                "look",
                1,
                j ->
                    j.get("/?user=${user}")
                        .save("id", "$.id")
                        .think(Duration.ofSeconds(40), Duration.ofSeconds(60))
                        .get("/?id=${id}"))
            .closed(USERS, Duration.ofSeconds(1))
            .build();
    var compiled = new CompiledPlan(plan, false);
    try (var loop = new EngineLoop("memory-test")) {
      var worker =
          new Worker(
              loop,
              compiled,
              Supply.of(plan.profile(), 0, 1, 1, false),
              List.of(),
              new Protocol.Limits(1, 1, 1),
              new Worker.Share(0, 1, 1, USERS, 0));
      users(worker, compiled);
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      VirtualUser[] users = users(worker, compiled);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      // With where they are kept, and the variables that were drawn for them.
      assertThat(allocated / users.length).isBetween(100L, 200L);
    }
  }

  private static VirtualUser[] users(Worker worker, CompiledPlan plan) {
    var users = new VirtualUser[USERS];
    for (int i = 0; i < USERS; i++) {
      users[i] = new VirtualUser(worker, i, plan.journey(0), i);
    }
    return users;
  }
}
