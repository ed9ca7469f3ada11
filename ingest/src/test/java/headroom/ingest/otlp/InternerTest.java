package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.testkit.ForAll;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InternerTest {
  @Test
  void theSameBytesGiveTheSameString() {
    var interner = new Interner();
    String first = intern(interner, "GET /balance");
    assertThat(first).isEqualTo("GET /balance");
    assertThat(intern(interner, "GET /balance")).isSameAs(first);
  }

  @Test
  void everyTextComesBackAsItIs() {
    var interner = new Interner(16, 16);
    ForAll.cases(5_000)
        .check(
            random -> new RandomTelemetry(random).text(),
            text -> assertThat(intern(interner, text)).isEqualTo(text));
  }

  @Test
  void aFloodOfNewValuesDoesNotDriveOutTheOnesInUse() {
    var interner = new Interner(1_024, 8);
    var used = new String[200];
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < used.length; i++) {
        used[i] = intern(interner, "in use " + i);
      }
    }
    int kept = 0;
    for (int i = 0; i < 1_000_000; i++) {
      String unused = intern(interner, "once " + i);
      assertThat(unused).hasSizeGreaterThan(5);
      if (i % 1_000 == 0) {
        int which = (i / 1_000) % used.length;
        String again = intern(interner, "in use " + which);
        kept += isSame(again, used[which]) ? 1 : 0;
        used[which] = again;
      }
    }
    assertThat(kept).isGreaterThan(980);
  }

  @Test
  void whatFindsNoPlaceIsCountedAndStillUsable() {
    var interner = new Interner(8, 8);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 8; i++) {
        intern(interner, "in use " + i);
      }
    }
    assertThat(intern(interner, "one more")).isEqualTo("one more");
    assertThat(interner.overflows()).isEqualTo(1);
  }

  @Test
  void numbersAreTheirDigits() {
    assertThat(Interner.digits(200)).isEqualTo("200").isSameAs(Interner.digits(200));
    assertThat(Interner.digits(-1)).isEqualTo("-1");
    assertThat(Interner.digits(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
  }

  @SuppressWarnings("ReferenceEquality") // identity is what is tested
  private static boolean isSame(String one, String other) {
    return one == other;
  }

  private static String intern(Interner interner, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return interner.intern(bytes, 0, bytes.length);
  }
}
