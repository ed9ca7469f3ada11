package headroom.ingest.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.ingest.prometheus.Relabel.Action;
import headroom.model.Resource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelabelTest {
  private static Relabel rule(
      Action action, String sources, String regex, String target, String replacement) {
    return new Relabel(
        action,
        sources.isEmpty() ? List.of() : List.of(sources.split("\\+", -1)),
        ";",
        Pattern.compile(regex),
        target,
        replacement);
  }

  private static SortedMap<String, String> labels() {
    return new TreeMap<>(
        Bodies.labels(
            "up{job=\"shop/wallet\",instance=\"10.0.0.7:8080\",namespace=\"prod\",pod=\"wallet-7f-x2\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          namespace+job, prod;shop/(.*), $1, wallet
          namespace+job, 'prod;(?<team>.*)/(?<app>.*)', ${app}-${team}, wallet-shop
          job, '.*/(.+)', $$1$1, $1wallet
          job, staging/(.*), $1, ''
          namespace, (.*), ${1}x, prodx
          """)
  void replaceWritesWhatMatched(String sources, String regex, String replacement, String written) {
    var labels = labels();
    assertThat(rule(Action.REPLACE, sources, regex, "service_name", replacement).apply(labels))
        .isTrue();
    assertThat(labels.getOrDefault("service_name", "")).isEqualTo(written);
  }

  @Test
  void theOtherActionsDoWhatTheyDoInPrometheus() {
    assertThat(rule(Action.KEEP, "namespace", "prod", "", "$1").apply(labels())).isTrue();
    assertThat(rule(Action.KEEP, "namespace", "pro", "", "$1").apply(labels())).isFalse();
    assertThat(rule(Action.DROP, "namespace", "prod", "", "$1").apply(labels())).isFalse();
    var labels = labels();
    assertThat(rule(Action.LABELDROP, "", "pod|__name__", "", "$1").apply(labels)).isTrue();
    assertThat(labels).containsOnlyKeys("__name__", "job", "instance", "namespace");
    assertThat(rule(Action.LABELMAP, "", "name(.*)", "", "x_$1").apply(labels)).isTrue();
    assertThat(labels).containsEntry("x_space", "prod");
    assertThat(rule(Action.LABELKEEP, "", "job", "", "$1").apply(labels)).isTrue();
    assertThat(labels).containsOnlyKeys("__name__", "job");
    assertThat(rule(Action.UPPERCASE, "job", "(.*)", "job", "$1").apply(labels)).isTrue();
    assertThat(labels).containsEntry("job", "SHOP/WALLET");
  }

  @Test
  void whoSentIsToldByLabels() {
    assertThat(LabelRules.resource(labels())).isEqualTo(new Resource("wallet", "wallet-7f-x2", ""));
    assertThat(
            LabelRules.resource(
                Bodies.labels(
                    "up{job=\"x\",service_name=\"wallet\",service_instance_id=\"i\",service_version=\"1.4\"}")))
        .isEqualTo(new Resource("wallet", "i", "1.4"));
    assertThat(LabelRules.resource(Bodies.labels("up")))
        .isEqualTo(new Resource("unknown_service", "", ""));
  }

  @Test
  void rulesDecideWhoSentAndWhatIsLeftOut() throws Exception {
    var points =
        new Points(
            new LabelRules(
                List.of(
                    rule(Action.DROP, "namespace", "staging", "", "$1"),
                    rule(Action.REPLACE, "namespace+job", "(.*);(.*)", "service_name", "$2.$1"))));
    Written written =
        points.first(
            new Bodies()
                .add(
                    "executor_active_threads{name=\"e\",job=\"w\",namespace=\"prod\"}",
                    Points.ago(0),
                    1)
                .add(
                    "executor_active_threads{name=\"e\",job=\"w\",namespace=\"staging\"}",
                    Points.ago(0),
                    9));
    assertThat(points.take()).singleElement().asString().contains("| w.prod@ |");
    assertThat(written.dropped()).containsEntry(SampleDrop.RULED_OUT, 1L);
  }

  @Test
  void rulesThatCannotBeMeantSoAreRefused() {
    assertThatThrownBy(() -> rule(Action.REPLACE, "job", "(.*)", "service_name", "$2"))
        .hasMessage("replacement '$2' names a group that the regex does not have");
    assertThatThrownBy(() -> rule(Action.REPLACE, "job", "(.*)", "", "$1"))
        .hasMessage("replace needs a target_label");
    assertThatThrownBy(() -> rule(Action.DROP, "job", "(.*)", "x", "$1"))
        .hasMessage("drop has no use for a target_label");
  }
}
