package headroom.load.protocol.stream;

import headroom.load.protocol.Action;
import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.stream.StreamClient.Ask;
import headroom.plan.JsonPath;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream to open.
 *
 * @param uri of the target, without a path; for WebSockets of scheme ws or wss
 * @param origin what stands before the path in the request line, for a proxy
 * @param headers names and values
 * @param talk what is said and heard; empty for server-sent events
 * @param events after which events are enough
 * @param lastsNanos after which they are enough too
 */
record CompiledStream(
    int step,
    URI uri,
    String origin,
    CompiledTemplate path,
    Map<String, CompiledTemplate> headers,
    List<Line> talk,
    OptionalInt events,
    OptionalLong lastsNanos,
    int timeout)
    implements Action {
  CompiledStream {
    headers = Map.copyOf(headers);
    talk = List.copyOf(talk);
  }

  /** What is sent or waited for next. */
  sealed interface Line {}

  record Send(CompiledTemplate text) implements Line {}

  record Receive(int count, Optional<String> contains, List<Save> saves) implements Line {
    Receive {
      saves = List.copyOf(saves);
    }
  }

  record Save(int slot, JsonPath path) {}

  boolean isSocket() {
    return !talk.isEmpty();
  }

  Ask ask(@Nullable String[] values) {
    String target = path.text(values);
    var texts = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> texts.put(name, value.text(values)));
    return new Ask(URI.create(uri + target), origin + target, texts);
  }
}
