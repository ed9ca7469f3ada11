package headroom.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class NumberTextTest {
  @Test
  void aNumberHasTheDigitsThatMatter() {
    assertThat(NumberText.number(2.904)).isEqualTo("2.90");
    assertThat(NumberText.number(27.34)).isEqualTo("27.3");
    assertThat(NumberText.number(118.2)).isEqualTo("118");
  }

  @Test
  void sharesAreWrittenAsPercent() {
    assertThat(NumberText.percent(0.314)).isEqualTo("31 %");
    assertThat(NumberText.finePercent(0.00123)).isEqualTo("0.12 %");
    assertThat(NumberText.points(-0.0123)).isEqualTo("-1.23 pp");
  }

  @Test
  void durationsHaveTheUnitThatSuitsThem() {
    assertThat(NumberText.duration(0.00312)).isEqualTo("3.12 ms");
    assertThat(NumberText.duration(0.0413)).isEqualTo("41.3 ms");
    assertThat(NumberText.duration(1.5)).isEqualTo("1.50 s");
    assertThat(NumberText.shortDuration(0.0032)).isEqualTo("3.20 ms");
    assertThat(NumberText.shortDuration(0.0413)).isEqualTo("41 ms");
    assertThat(NumberText.shortDuration(1)).isEqualTo("1.00 s");
    assertThat(NumberText.milliseconds(1.5)).isEqualTo("1500.0 ms");
  }

  @Test
  void aClockShowsHoursWhenThereAreAny() {
    assertThat(NumberText.clock(-3)).isEqualTo("0:00");
    assertThat(NumberText.clock(81.4)).isEqualTo("1:21");
    assertThat(NumberText.clock(3_605)).isEqualTo("1:00:05");
  }

  @Test
  void whatIsNotKnownIsADash() {
    assertThat(NumberText.orDash(OptionalDouble.empty(), NumberText::ratio)).isEqualTo("-");
    assertThat(NumberText.orDash(OptionalDouble.of(1.25), NumberText::ratio)).isEqualTo("x1.25");
  }
}
