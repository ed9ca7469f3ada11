package headroom.detect;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.drift.Drift;
import headroom.drift.Drift.Attribution;
import headroom.drift.Drift.Onset;
import headroom.drift.Drift.Shape;
import headroom.drift.Drift.Size;
import headroom.drift.Drift.Suspicion;
import headroom.drift.Drift.Term;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftFindingsTest {
  private static final Instant ONSET = Instant.parse("2026-11-03T14:00:00Z");

  private static Drift drift(Shape shape, double ratio, boolean paged, String cause) {
    return new Drift(
        "wallet",
        "POST /exchange",
        0.99,
        shape,
        shape == Shape.NIGHTLY ? 3 : 0,
        paged,
        new Onset(ONSET.minusSeconds(3_600), ONSET, ONSET.plusSeconds(3_600)),
        new Size(ratio, ratio - 0.05, ratio + 0.05),
        9,
        new Attribution(0.1, 0, Math.log(ratio)),
        List.of("edge POST /exchange"),
        List.of("its own time wallet-1: +20.0 %"),
        paged ? List.of() : List.of("nothing else shows it"),
        List.of(
            new Suspicion(
                cause,
                "ledger 4f2c",
                0.8,
                List.of(
                    new Term("0.3 hours before the likeliest hour of the onset", 2.9),
                    new Term("of a service that it calls", -0.7))),
            new Suspicion("none", "none of these", 0.2, List.of())),
        1.02,
        List.of());
  }

  @Test
  void aStepIsToldWithItsHourCauseAndCounterEvidence() {
    Finding finding = DriftFindings.of(drift(Shape.STEP, 1.38, true, "deploy"));
    assertThat(finding.summary())
        .isEqualTo("p99 is 38 % higher at equal load since 3 November 14:00");
    assertThat(finding.kind()).isEqualTo(Kind.DRIFT);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.subject()).isEqualTo("wallet POST /exchange");
    assertThat(finding.causes().getFirst())
        .isEqualTo(new Finding.Cause("deploy", "ledger 4f2c", 0.8));
    assertThat(finding.evidence().stream().map(Finding.Evidence::label))
        .contains(
            "deploy ledger 4f2c, for: 0.3 hours before the likeliest hour of the onset",
            "deploy ledger 4f2c, against: of a service that it calls",
            "also slower: edge POST /exchange");
    assertThat(finding.next()).contains("ledger 4f2c");
  }

  @Test
  void whatIsNotCertainIsInformation() {
    Finding finding = DriftFindings.of(drift(Shape.RAMP, 1.034, false, "none"));
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.summary())
        .isEqualTo("p99 rose by 3.4 % at equal load since 3 November 14:00");
    assertThat(finding.evidence().stream().map(Finding.Evidence::label))
        .contains("only watched: nothing else shows it");
  }

  @Test
  void besideAJobItIsABatch() {
    Finding finding = DriftFindings.of(drift(Shape.NIGHTLY, 1.2, true, "batch"));
    assertThat(finding.kind()).isEqualTo(Kind.BATCH);
    assertThat(finding.summary())
        .isEqualTo(
            "p99 is 20 % higher from 14:00 to 17:00 each day at equal load, since 3 November");
    assertThat(DriftFindings.of(drift(Shape.NIGHTLY, 1.2, true, "none")).kind())
        .isEqualTo(Kind.DRIFT);
  }
}
