package headroom.ingest.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.OverloadedException.Cause;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What any transport can rely on: there is no socket here. */
final class IntakeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final IntakeLimits LIMITS =
      new IntakeLimits(1_000, 1_500, 2, Duration.ofSeconds(2));

  private final InMemoryStore store = new InMemoryStore();
  private final Intake intake =
      new Intake(
          new OtlpWorker(InstantSource.fixed(NOW)),
          store,
          LIMITS,
          Duration.ofHours(1),
          InstantSource.fixed(NOW));

  @AfterEach
  void close() {
    intake.close();
  }

  @Test
  void placesAreBoundedInNumber() throws Exception {
    try (Place first = intake.enter();
        Place second = intake.enter()) {
      assertThat(first).isNotSameAs(second);
      assertThat(intake.waitingRequests()).isEqualTo(2);
      assertThatThrownBy(intake::enter)
          .isInstanceOfSatisfying(
              OverloadedException.class, full -> assertThat(full.reason()).isEqualTo(Cause.BUSY))
          .hasMessageContaining("2 requests");
    }
    assertThat(intake.waitingRequests()).isZero();
    intake.enter().close();
  }

  @Test
  void placesAreBoundedInBytes() throws Exception {
    try (Place first = intake.enter();
        Place second = intake.enter()) {
      first.reserve(900);
      second.reserve(600);
      assertThatThrownBy(() -> second.reserve(1))
          .isInstanceOf(OverloadedException.class)
          .hasMessageContaining("limit 1500");
      assertThat(intake.waitingBytes()).isEqualTo(1_500);
    }
    assertThat(intake.waitingBytes()).isZero();
  }

  @Test
  void whatWasReceivedIsInTheStoreAfterAFlush() throws Exception {
    Receipt receipt = intake.receive(span("wallet")).join();
    assertThat(receipt).isEqualTo(new Receipt(1, 0, ""));
    assertThat(intake.counters().accepted(Signal.TRACES)).isEqualTo(1);
    assertThat(operations()).isZero();
    intake.flush();
    assertThat(operations()).isEqualTo(1);
    assertThat(intake.services().all()).extracting("service").containsExactly("wallet");
  }

  @Test
  void anEndTakesNothingNewAndLosesNothingOld() throws Exception {
    intake.receive(span("wallet")).join();
    intake.refuseNew();
    assertThatThrownBy(intake::enter)
        .isInstanceOfSatisfying(
            OverloadedException.class, end -> assertThat(end.reason()).isEqualTo(Cause.STOPPING));
    var ended =
        new Intake(
            new OtlpWorker(InstantSource.fixed(NOW)),
            store,
            LIMITS,
            Duration.ofHours(1),
            InstantSource.fixed(NOW));
    ended.receive(span("rates")).join();
    ended.close();
    assertThat(operations()).isEqualTo(1);
    assertThatThrownBy(() -> ended.receive(span("rates")).join())
        .hasCauseInstanceOf(OverloadedException.class);
  }

  private long operations() {
    return store
        .history(Resolution.DAY, NOW.minus(Duration.ofDays(2)), NOW, Set.of(Measure.OPERATION))
        .of(Measure.OPERATION)
        .stream()
        .mapToLong(series -> series.total().count())
        .sum();
  }

  private static OtlpRequest span(String service) {
    long end = NOW.minusSeconds(30).getEpochSecond() * 1_000_000_000L;
    String json =
        """
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "%s"}}]},
          "scopeSpans": [{"spans": [{
            "traceId": "0000000000000000000000000000000a", "spanId": "000000000000000b",
            "name": "GET /balance", "kind": 2,
            "startTimeUnixNano": "%d", "endTimeUnixNano": "%d"}]}]}]}
        """
            .formatted(service, end - 5_000_000, end);
    return new OtlpRequest(Signal.TRACES, Encoding.JSON, Compression.NONE, json.getBytes(UTF_8));
  }
}
