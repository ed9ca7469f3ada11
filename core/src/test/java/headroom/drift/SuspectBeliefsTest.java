package headroom.drift;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.BeliefPage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SuspectBeliefsTest {
  @Test
  void thePageListsThemAsTheyAre() {
    assertThat(BeliefPage.told("causes.md"))
        .containsExactlyInAnyOrderElementsOf(BeliefPage.rows(SuspectBeliefs.class));
    assertThat(BeliefPage.untold(SuspectBeliefs.class)).isEmpty();
  }

  @Test
  void somethingIsTheCause() {
    double all = Arrays.stream(Suspect.Kind.values()).mapToDouble(kind -> kind.prior).sum();
    // The priors are weights against each other; together they are a chance, or nearly.
    assertThat(all).isBetween(0.9, 1.1);
  }
}
