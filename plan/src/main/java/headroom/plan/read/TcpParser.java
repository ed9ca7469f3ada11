package headroom.plan.read;

import headroom.plan.Step;
import headroom.plan.Template;
import headroom.plan.Template.Escape;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads steps that send a text over plain TCP: {@code tcp}. */
final class TcpParser implements StepReader {
  /** A name, an address of four numbers, or one of IPv6 in brackets; and a port. */
  private static final Pattern PLACE =
      Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]):([^\\s:/]+)");

  private static final Set<String> WITH_TCP = Set.of("tcp", "name", "send", "expect", "timeout");

  private final Yaml yaml;

  TcpParser(Yaml yaml) {
    this.yaml = yaml;
  }

  @Override
  public List<String> leading() {
    return List.of("tcp");
  }

  @Override
  public Set<String> following() {
    return Set.of("send");
  }

  @Override
  public Optional<Step> read(String leading, Node node, Map<String, Entry> entries) {
    entries.forEach((key, entry) -> {
      if (!WITH_TCP.contains(key)) {
        yaml.problem(entry.key(), "%s does not go with tcp".formatted(key));
      }
    });
    Optional<Template> send =
        yaml.required(node, entries, "send", "tcp", text -> Template.parse(text, Escape.NONE));
    Optional<String> expect = yaml.value(entries.get("expect"), text -> text);
    Optional<String> name = yaml.value(entries.get("name"), text -> text);
    Optional<Duration> timeout = yaml.value(entries.get("timeout"), Quantities::duration);
    return yaml.value(
        entries.get(leading),
        place -> {
          Matcher parts = PLACE.matcher(place);
          if (!parts.matches() || !isAuthority(place)) {
            throw new IllegalArgumentException("tcp must be host:port, got '" + place + "'");
          }
          return new Step.Tcp(
              name.orElse("tcp " + place),
              parts.group(1),
              Quantities.integer("port", parts.group(2), 1, 65_535),
              send.orElse(Template.literal("")),
              expect.orElse(""),
              timeout);
        });
  }

  private static boolean isAuthority(String place) {
    try {
      return new URI("tcp://" + place).getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
