package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.cli.terminal.UserError;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be broken, and what not. Addresses of documentation (RFC 5737) need no look-up. */
final class TargetTest {
  private static final String HERE = "http://127.0.0.1:8090";
  private static final String ELSEWHERE = "http://192.0.2.7:8090";

  @Test
  void thisMachineNeedsOneYes() {
    assertThatCode(() -> consent(HERE, true, null, null)).doesNotThrowAnyException();
    assertThatCode(() -> consent(HERE, false, null, "y")).doesNotThrowAnyException();
    assertThatCode(() -> consent("http://[::1]:80", true, null, null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> consent(HERE, false, null, null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--yes");
    assertThatThrownBy(() -> consent(HERE, false, null, "")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> consent(HERE, false, null, "n")).isInstanceOf(UserError.class);
  }

  @Test
  void anotherMachineMustBeNamedTwice() {
    assertThatThrownBy(() -> consent(ELSEWHERE, true, null, null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--yes is not enough")
        .hasMessageContaining("--target-is 192.0.2.7");
    assertThatThrownBy(() -> consent(ELSEWHERE, true, null, "y")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> consent(ELSEWHERE, true, "192.0.2.8", "192.0.2.7"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not the plan's host");
    assertThatCode(() -> consent(ELSEWHERE, false, "192.0.2.7", null)).doesNotThrowAnyException();
    assertThatCode(() -> consent(ELSEWHERE, false, null, "192.0.2.7")).doesNotThrowAnyException();
  }

  private static void consent(
      String target, boolean yes, @Nullable String named, @Nullable String typed) {
    new Target(URI.create(target)).requireConsent(yes, named, question -> typed);
  }
}
