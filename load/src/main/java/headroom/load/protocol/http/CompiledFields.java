package headroom.load.protocol.http;

import headroom.load.protocol.CompiledTemplate;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as fields of HTTP/2, pseudo-fields included.
 *
 * @param fixed the whole of it, where no variable is in it
 */
record CompiledFields(List<Field> fields, @Nullable Http2Headers fixed) {
  CompiledFields {
    fields = List.copyOf(fields);
  }

  /** A name, lower case, and its value. */
  record Field(String name, CompiledTemplate value) {}

  /**
   * The fields of one request; they must not be changed.
   *
   * @param jar the cookies of the user, absent for none
   */
  Http2Headers of(@Nullable String[] values, int bodyBytes, @Nullable String jar) {
    if (fixed != null && jar == null) {
      return fixed;
    }
    Http2Headers headers = write(fields, values, bodyBytes);
    if (jar != null) {
      headers.add("cookie", jar);
    }
    return headers;
  }

  static Http2Headers write(List<Field> fields, @Nullable String[] values, int bodyBytes) {
    var headers = new DefaultHttp2Headers(false, fields.size() + 1);
    for (Field field : fields) {
      headers.add(field.name(), field.value().text(values));
    }
    if (bodyBytes >= 0) {
      headers.addInt("content-length", bodyBytes);
    }
    return headers;
  }
}
