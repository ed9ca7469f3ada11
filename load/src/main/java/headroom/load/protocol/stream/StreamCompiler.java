package headroom.load.protocol.stream;

import headroom.load.network.Reach;
import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.Names;
import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.Step.Talk;
import headroom.plan.Template;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Gets steps ready that stay connected. */
final class StreamCompiler {
  private final Plan plan;
  private final Names names;

  StreamCompiler(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  CompiledStream compile(Step.Events step) {
    Optional<Duration> lasts = step.until().lasts();
    Duration limit = step.timeout().orElse(plan.timeout()).plus(lasts.orElse(Duration.ZERO));
    return new CompiledStream(
        names.step(step.name()),
        uri(plan.target().getScheme()),
        Reach.origin(plan),
        path(step.target()),
        headers(step.headers()),
        List.of(),
        step.until().events(),
        lasts.map(d -> OptionalLong.of(d.toNanos())).orElse(OptionalLong.empty()),
        names.timeout(limit));
  }

  CompiledStream compile(Step.Socket step) {
    return new CompiledStream(
        names.step(step.name()),
        uri("https".equals(plan.target().getScheme()) ? "wss" : "ws"),
        "",
        path(step.target()),
        headers(step.headers()),
        step.talk().stream().map(this::line).toList(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        names.timeout(step.timeout().orElse(plan.timeout())));
  }

  private CompiledStream.Line line(Talk line) {
    return switch (line) {
      case Talk.Send send -> new CompiledStream.Send(CompiledTemplate.of(send.text(), names::slot));
      case Talk.Receive receive -> {
        var saves = new ArrayList<CompiledStream.Save>();
        for (Step.PathSave save : receive.saves()) {
          saves.add(new CompiledStream.Save(names.slot(save.variable()), save.path()));
        }
        yield new CompiledStream.Receive(receive.count(), receive.contains(), saves);
      }
    };
  }

  private URI uri(String scheme) {
    return URI.create(scheme + "://" + plan.target().getRawAuthority());
  }

  private CompiledTemplate path(Template target) {
    String prefix = plan.target().getRawPath();
    String base = prefix == null ? "" : prefix.replaceAll("/+$", "");
    return CompiledTemplate.of(Template.literal(base).plus(target), names::slot);
  }

  private Map<String, CompiledTemplate> headers(List<Step.Header> own) {
    var all = new LinkedHashMap<String, CompiledTemplate>();
    plan.headers().forEach(h -> all.put(h.name(), CompiledTemplate.of(h.value(), names::slot)));
    own.forEach(h -> all.put(h.name(), CompiledTemplate.of(h.value(), names::slot)));
    return all;
  }
}
