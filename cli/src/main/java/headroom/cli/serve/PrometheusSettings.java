package headroom.cli.serve;

import headroom.cli.prometheus.ScrapeTarget;
import headroom.ingest.prometheus.LabelRules;
import headroom.ingest.prometheus.Relabel;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What the configuration says of metrics as Prometheus has them:
 *
 * <pre>
 * prometheus:
 *   relabel:
 *     - { source_labels: [namespace, job], separator: /, target_label: service_name }
 * scrape:
 *   - { url: http://127.0.0.1:8081/metrics, service: wallet, interval: 15s }
 * </pre>
 *
 * @param rules who sent a series, by its labels
 * @param scrape the pages to read
 */
public record PrometheusSettings(LabelRules rules, List<ScrapeTarget> scrape) {
  static final PrometheusSettings DEFAULT = new PrometheusSettings(LabelRules.NONE, List.of());

  private static final int MOST_RULES = 200;
  private static final int MOST_TARGETS = 1_000;
  private static final Set<String> RULE =
      Set.of("source_labels", "separator", "regex", "target_label", "replacement", "action");
  private static final Set<String> TARGET =
      Set.of("url", "service", "instance", "interval", "bearer_token_file");

  public PrometheusSettings {
    scrape = List.copyOf(scrape);
  }

  static PrometheusSettings read(Yaml yaml, @Nullable Entry prometheus, @Nullable Entry scrape) {
    return new PrometheusSettings(rules(yaml, prometheus), targets(yaml, scrape));
  }

  private static LabelRules rules(Yaml yaml, @Nullable Entry entry) {
    if (entry == null) {
      return LabelRules.NONE;
    }
    Entry relabel = yaml.entries(entry.value(), "prometheus", Set.of("relabel")).get("relabel");
    List<Node> nodes = relabel == null ? List.of() : yaml.sequence(relabel.value(), "relabel");
    if (relabel != null && nodes.size() > MOST_RULES) {
      yaml.problem(relabel.key(), "there can be %d rules at most".formatted(MOST_RULES));
      return LabelRules.NONE;
    }
    return new LabelRules(
        nodes.stream().map(node -> rule(yaml, node)).flatMap(Optional::stream).toList());
  }

  private static Optional<Relabel> rule(Yaml yaml, Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a rule of relabel", RULE);
    int before = yaml.problems().size();
    Relabel.Action action =
        yaml.value(entries.get("action"), PrometheusSettings::action)
            .orElse(Relabel.Action.REPLACE);
    List<String> sources = new ArrayList<>();
    Entry stated = entries.get("source_labels");
    if (stated != null) {
      yaml.sequence(stated.value(), "source_labels")
          .forEach(each -> yaml.text(each, "a label").ifPresent(sources::add));
    }
    String separator = yaml.value(entries.get("separator"), text -> text).orElse(";");
    Optional<Pattern> regex =
        yaml.value(entries.get("regex"), PrometheusSettings::regex)
            .or(() -> Optional.of(Pattern.compile(Relabel.ANYTHING)));
    String target = yaml.value(entries.get("target_label"), text -> text).orElse("");
    String replacement =
        yaml.value(entries.get("replacement"), text -> text).orElse(Relabel.FIRST_GROUP);
    if (yaml.problems().size() > before || regex.isEmpty()) {
      return Optional.empty();
    }
    return yaml.attempt(
        node, () -> new Relabel(action, sources, separator, regex.get(), target, replacement));
  }

  private static Relabel.Action action(String word) {
    try {
      return Relabel.Action.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "an action must be one of replace, keep, drop, labelmap, labeldrop, labelkeep,"
              + " lowercase, uppercase, got '"
              + word
              + "'",
          unknown);
    }
  }

  private static Pattern regex(String text) {
    try {
      return Pattern.compile(text, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "regex '%s' is none: %s".formatted(text, e.getDescription()), e);
    }
  }

  private static List<ScrapeTarget> targets(Yaml yaml, @Nullable Entry entry) {
    List<Node> nodes = entry == null ? List.of() : yaml.sequence(entry.value(), "scrape");
    if (entry != null && nodes.size() > MOST_TARGETS) {
      yaml.problem(entry.key(), "there can be %d targets at most".formatted(MOST_TARGETS));
      return List.of();
    }
    return nodes.stream().map(node -> target(yaml, node)).flatMap(Optional::stream).toList();
  }

  private static Optional<ScrapeTarget> target(Yaml yaml, Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a target of scrape", TARGET);
    Optional<URI> url = yaml.required(node, entries, "url", "a target of scrape", URI::create);
    Optional<String> service =
        yaml.required(node, entries, "service", "a target of scrape", text -> text);
    Duration interval =
        yaml.value(entries.get("interval"), Quantities::duration)
            .orElse(ScrapeTarget.USUAL_INTERVAL);
    Path token = yaml.value(entries.get("bearer_token_file"), text -> Path.of(text)).orElse(null);
    if (url.isEmpty() || service.isEmpty()) {
      return Optional.empty();
    }
    String instance =
        yaml.value(entries.get("instance"), text -> text)
            .orElse(ScrapeTarget.hostAndPort(url.get()));
    return yaml.attempt(
        node, () -> new ScrapeTarget(url.get(), service.get(), instance, interval, token));
  }
}
