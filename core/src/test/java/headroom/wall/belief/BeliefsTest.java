package headroom.wall.belief;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.BeliefPage;
import org.junit.jupiter.api.Test;

class BeliefsTest {
  private static final Class<?>[] ALL = {
    Arrivals.class,
    Demands.class,
    Cores.class,
    ResponseTimes.class,
    JobUse.class,
    Limits.class,
    Witnesses.class,
    Sightings.class,
    Disturbing.class,
    Errors.class,
    Widths.class
  };

  @Test
  void thePageListsThemAsTheyAre() {
    assertThat(BeliefPage.told("beliefs.md"))
        .containsExactlyInAnyOrderElementsOf(BeliefPage.rows(ALL));
  }

  @Test
  void eachSaysWhereItComesFrom() {
    assertThat(BeliefPage.rows(ALL)).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    assertThat(BeliefPage.untold(ALL)).isEmpty();
  }
}
