package headroom.load.result;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.testkit.ForAll;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void aLongRunLosesResolutionAndNothingElse() {
    var timeline = new Timeline(2);
    for (int second = 0; second < 5_000; second++) {
      Interval at = timeline.at(second);
      at.arrival();
      at.record(1, 0.001 * (second + 1), second % 7 == 0);
    }
    assertThat(timeline.intervals()).hasSizeLessThanOrEqualTo(Timeline.MAX_INTERVALS);
    assertThat(timeline.widthSeconds()).isEqualTo(16);
    Interval all = timeline.between(0, 6_000);
    assertThat(all.arrivals()).isEqualTo(5_000);
    assertThat(all.allResponses().count()).isEqualTo(5_000);
    assertThat(all.allResponses().max()).isEqualTo(5);
  }

  @Test
  void howLongAnIntervalIsFollowsFromHowLongTheRunIs() {
    var timeline = new Timeline(1);
    for (int second = 0; second < 20_000; second++) {
      timeline.at(second).arrival();
      assertThat(Timeline.widthAt(second)).isEqualTo(timeline.widthSeconds());
    }
  }

  @Test
  void onlyWholeIntervalsCountWithinAStretch() {
    var timeline = new Timeline(1);
    for (int second = 0; second < 10; second++) {
      timeline.at(second + 0.5).arrival();
    }
    assertThat(timeline.between(2, 5).arrivals()).isEqualTo(3);
    assertThat(timeline.between(1.5, 4.5).arrivals()).isEqualTo(2);
    assertThat(timeline.between(8, 100).arrivals()).isEqualTo(2);
    assertThat(timeline.between(-5, 0).arrivals()).isZero();
  }

  @Test
  void theOrderOfMergingDoesNotMatter() {
    ForAll.cases(200)
        .check(
            random -> {
              var seconds = new ArrayList<List<Integer>>();
              for (int worker = 0; worker < 3; worker++) {
                int range = random.nextBoolean() ? 100 : 3_000;
                seconds.add(random.ints(30, 0, range).boxed().toList());
              }
              return seconds;
            },
            seconds -> {
              Timeline forward = merged(seconds);
              Timeline backward = merged(seconds.reversed());
              assertThat(forward.widthSeconds()).isEqualTo(backward.widthSeconds());
              assertThat(counts(forward)).isEqualTo(counts(backward));
              assertThat(forward.between(0, 4_096).allResponses().count()).isEqualTo(90);
            });
  }

  private static Timeline merged(List<List<Integer>> parts) {
    var sum = new Timeline(1);
    for (List<Integer> seconds : parts) {
      var part = new Timeline(1);
      seconds.forEach(second -> part.at(second).record(0, 1 + second, false));
      sum.merge(part);
    }
    return sum;
  }

  private static List<Long> counts(Timeline timeline) {
    return timeline.intervals().stream().map(i -> i.allResponses().count()).toList();
  }
}
