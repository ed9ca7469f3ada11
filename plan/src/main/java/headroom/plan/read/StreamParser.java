package headroom.plan.read;

import headroom.plan.JsonPath;
import headroom.plan.Step;
import headroom.plan.Step.Talk;
import headroom.plan.Template;
import headroom.plan.Template.Escape;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads steps that stay connected: {@code sse} and {@code websocket}. */
final class StreamParser implements StepReader {
  private static final Set<String> WITH_SSE = Set.of("sse", "name", "headers", "until", "timeout");
  private static final Set<String> WITH_SOCKET =
      Set.of("websocket", "name", "headers", "talk", "timeout");
  private static final int MOST_MESSAGES = 1_000_000;

  private final Yaml yaml;
  private final StepParser steps;

  StreamParser(Yaml yaml, StepParser steps) {
    this.yaml = yaml;
    this.steps = steps;
  }

  @Override
  public List<String> leading() {
    return List.of("sse", "websocket");
  }

  @Override
  public Set<String> following() {
    return Set.of("until", "talk");
  }

  @Override
  public Optional<Step> read(String leading, Node node, Map<String, Entry> entries) {
    Set<String> known = leading.equals("sse") ? WITH_SSE : WITH_SOCKET;
    entries.forEach((key, entry) -> {
      if (!known.contains(key)) {
        yaml.problem(entry.key(), "%s does not go with %s".formatted(key, leading));
      }
    });
    Optional<Template> target = yaml.value(entries.get(leading), StepParser::path);
    List<Step.Header> headers = steps.headers(entries.get("headers"));
    Optional<String> given = yaml.value(entries.get("name"), text -> text);
    Optional<Duration> timeout = yaml.value(entries.get("timeout"), Quantities::duration);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    String name = given.orElseGet(() -> leading + " " + target.get().source());
    if (leading.equals("sse")) {
      return until(node, entries.get("until"))
          .map(end -> new Step.Events(name, target.get(), headers, end, timeout));
    }
    Entry talk = entries.get("talk");
    if (talk == null) {
      yaml.problem(node, "websocket needs 'talk', what is sent and received");
      return Optional.empty();
    }
    List<Talk> lines = talk(talk.value());
    return yaml.attempt(
        talk.value(), () -> new Step.Socket(name, target.get(), headers, lines, timeout));
  }

  private Optional<Step.Until> until(Node node, @Nullable Entry entry) {
    if (entry == null) {
      yaml.problem(node, "sse needs 'until', such as until: { events: 5, for: 10s }");
      return Optional.empty();
    }
    Map<String, Entry> entries = yaml.entries(entry.value(), "until", Set.of("events", "for"));
    OptionalInt events =
        yaml.value(entries.get("events"), t -> Quantities.integer("events", t, 1, MOST_MESSAGES))
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    Optional<Duration> lasts = yaml.value(entries.get("for"), Quantities::duration);
    return yaml.attempt(entry.value(), () -> new Step.Until(events, lasts));
  }

  private List<Talk> talk(Node node) {
    var lines = new ArrayList<Talk>();
    for (Node line : yaml.sequence(node, "talk")) {
      Map<String, Entry> entries = yaml.entries(line, "talk", Set.of("send", "receive"));
      if (entries.size() != 1) {
        yaml.problem(line, "a line of talk needs one of send and receive");
        continue;
      }
      Entry send = entries.get("send");
      Entry receive = entries.get("receive");
      if (send != null) {
        yaml.value(send, text -> new Talk.Send(Template.parse(text, Escape.JSON)))
            .ifPresent(lines::add);
      } else if (receive != null) {
        lines.add(receive(receive));
      }
    }
    return lines;
  }

  /** A number of messages, or a mapping with {@code count}, {@code contains} and {@code save}. */
  private Talk receive(Entry entry) {
    if (!(entry.value() instanceof MappingNode)) {
      int count =
          yaml.value(entry, t -> Quantities.integer("receive", t, 1, MOST_MESSAGES)).orElse(1);
      return new Talk.Receive(count, Optional.empty(), List.of());
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "receive", Set.of("count", "contains", "save"));
    int count =
        yaml.value(entries.get("count"), t -> Quantities.integer("count", t, 1, MOST_MESSAGES))
            .orElse(1);
    Optional<String> contains = yaml.value(entries.get("contains"), text -> text);
    var saves = new ArrayList<Step.PathSave>();
    Entry save = entries.get("save");
    if (save != null) {
      yaml.entries(save.value(), "save")
          .forEach((variable, path) -> {
            Optional<String> name = yaml.attempt(path.key(), () -> Template.checkName(variable));
            yaml.value(path, JsonPath::parse)
                .ifPresent(p -> name.ifPresent(n -> saves.add(new Step.PathSave(n, p))));
          });
    }
    return new Talk.Receive(count, contains, saves);
  }
}
