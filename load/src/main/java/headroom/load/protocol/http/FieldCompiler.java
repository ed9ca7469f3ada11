package headroom.load.protocol.http;

import headroom.load.protocol.CompiledTemplate;
import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.Template;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Turns the head of a request into fields of HTTP/2; RFC 9113, 8.3. */
final class FieldCompiler {
  /** Headers that speak of the connection, which HTTP/2 does in frames. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "host");

  private final Plan plan;
  private final ToIntFunction<String> slots;

  FieldCompiler(Plan plan, ToIntFunction<String> slots) {
    this.plan = plan;
    this.slots = slots;
  }

  CompiledFields compile(Step.Request request, @Nullable CompiledTemplate body) {
    var headers = new ArrayList<Step.Header>(plan.headers());
    headers.addAll(request.headers());
    Template authority = Template.literal(plan.target().getRawAuthority());
    for (Step.Header header : headers) {
      if (header.name().equalsIgnoreCase("host")) {
        authority = header.value();
      }
    }
    String prefix = plan.target().getRawPath();
    String base = prefix == null ? "" : prefix.replaceAll("/+$", "");
    var fields = new ArrayList<CompiledFields.Field>();
    add(fields, ":method", Template.literal(request.method().name()));
    add(fields, ":scheme", Template.literal(plan.target().getScheme()));
    add(fields, ":authority", authority);
    add(fields, ":path", Template.literal(base).plus(request.target()));
    for (Step.Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!OF_THE_CONNECTION.contains(name)) {
        add(fields, name, header.value());
      }
    }
    boolean typed = fields.stream().anyMatch(field -> field.name().equals("content-type"));
    if (request.body().isPresent() && !typed) {
      add(fields, "content-type", Template.literal(request.body().get().contentType()));
    }
    boolean fixed =
        fields.stream().allMatch(field -> field.value().isStatic())
            && (body == null || body.isStatic());
    return new CompiledFields(
        fields, fixed ? CompiledFields.write(fields, new String[0], length(body)) : null);
  }

  private static int length(@Nullable CompiledTemplate body) {
    if (body == null) {
      return -1;
    }
    ByteBuf out = Unpooled.buffer();
    body.writeTo(out, new String[0]);
    return out.readableBytes();
  }

  private void add(List<CompiledFields.Field> fields, String name, Template value) {
    fields.add(new CompiledFields.Field(name, CompiledTemplate.of(value, slots)));
  }
}
