package headroom.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.InMemoryStore;
import headroom.store.RollupStore.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnalysisWindowTest {
  private static final Instant END = Instant.parse("2026-11-21T12:00:00Z");

  private static AnalysisWindow of(Duration length) {
    return AnalysisWindow.of(new Extent(END.minus(length), END));
  }

  @Test
  void rowsSuitTheLength() {
    assertThat(of(Duration.ofHours(1)).resolution()).isEqualTo(Resolution.TEN_SECONDS);
    assertThat(of(Duration.ofHours(2)).resolution()).isEqualTo(Resolution.MINUTE);
    assertThat(of(Duration.ofDays(1)).resolution()).isEqualTo(Resolution.MINUTE);
    assertThat(of(Duration.ofDays(2)).resolution()).isEqualTo(Resolution.TEN_MINUTES);
  }

  @Test
  void itEndsWithTheDataAndGoesBackAWeekAtMost() {
    assertThat(of(Duration.ofDays(40)).from()).isEqualTo(END.minus(Duration.ofDays(7)));
    assertThat(of(Duration.ofDays(3)).from()).isEqualTo(END.minus(Duration.ofDays(3)));
    assertThat(of(Duration.ofDays(3)).to()).isEqualTo(END);
  }

  @Test
  void anEmptyStoreHasAnEmptyHistory() {
    History history = AnalysisWindow.history(new InMemoryStore(), Set.of());

    assertThat(history.from()).isEqualTo(history.to());
    assertThat(history.of(Measure.ACTION)).isEmpty();
  }
}
