package headroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.StationMeasures.Role;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StationKindTest {
  /** Those that the contract of the API allows. */
  private static final Set<String> ON_THE_WIRE =
      Set.of(
          "pool",
          "cpu",
          "database",
          "executor",
          "queue",
          "partition",
          "cache",
          "memory",
          "disk",
          "objective");

  @ParameterizedTest
  @EnumSource(StationKind.class)
  void theCatalogueIsConsistent(StationKind kind) {
    assertThat(kind.wireName()).isIn(ON_THE_WIRE);
    assertThat(kind.word()).doesNotContain("/").doesNotContain("%").isNotBlank();
    assertThat(Arrays.stream(StationKind.values()).map(StationKind::word)).doesNotHaveDuplicates();
    StationMeasures measures = kind.measures();
    assertThat(measures.foundBy().isEmpty())
        .as("whoever is looked for has servers that can be busy")
        .isEqualTo(kind.discipline().isEmpty());
    for (Role role :
        new Role[] {Role.USED, Role.SHARE, Role.MACHINE_SHARE, Role.LIMIT, Role.WAITING}) {
      measures
          .in(role)
          .ifPresent(measure -> assertThat(measure.kind()).isEqualTo(Measure.Kind.GAUGE));
    }
    measures
        .in(Role.HOLD)
        .ifPresent(measure -> assertThat(measure.kind()).isNotEqualTo(Measure.Kind.GAUGE));
    assertThat(kind.charts())
        .allSatisfy(chart ->
            assertThat(chart.lines())
                .as("a limit alone is no chart")
                .anyMatch(line -> line.tone() != StationChart.Tone.LIMIT));
  }
}
