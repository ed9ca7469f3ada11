package headroom.load.protocol.http;

import headroom.load.protocol.Complaint;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that is on its way from one place to the next, as its answers tell. Only within the
 * target: what a target says must not lead load to anyone else.
 *
 * <p>303 turns any method but HEAD into GET, 301 and 302 turn POST into GET, 307 and 308 repeat the
 * request as it is; RFC 9110, 15.4.
 */
final class Redirect {
  /** The most that are followed for one request. */
  static final int MOST = 10;

  private final List<String> places = new ArrayList<>();
  private boolean asGet;

  /**
   * Why an answer that is not expected is a failure at once.
   *
   * @param follows whether redirects are followed
   * @return null when it leads elsewhere and is to be followed
   */
  static @Nullable Complaint refusal(Answer answer, boolean follows) {
    String location = isOne(answer.status()) ? answer.location() : null;
    if (location == null) {
      return new Complaint(ErrorKind.STATUS, "status " + answer.status());
    }
    return follows
        ? null
        : new Complaint(
            ErrorKind.REDIRECT,
            "%d to %s; say redirects: follow, or expect: { status: %d }"
                .formatted(answer.status(), location, answer.status()));
  }

  /** As {@link #follow}, by the answer to a request. */
  @Nullable Complaint follow(
      URI target, CompiledRequest sent, @Nullable String[] values, Answer answer) {
    String to = String.valueOf(answer.location());
    String refused = follow(target, sent, line(sent, values), answer.status(), to);
    return refused == null ? null : new Complaint(ErrorKind.REDIRECT, refused);
  }

  boolean isGet() {
    return asGet;
  }

  static boolean isOne(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /**
   * Takes the next turn.
   *
   * @param sent the request that was answered with the redirect
   * @return why it is not taken, null when it is
   */
  private @Nullable String follow(
      URI target, CompiledRequest sent, String[] line, int status, String to) {
    URI here;
    URI there;
    try {
      here = target.resolve(line[1]);
      there = here.resolve(to);
    } catch (IllegalArgumentException e) {
      return "%d to '%s', which is no address".formatted(status, to);
    }
    if (!isSameOrigin(target, there)) {
      return "%d to %s, which is another host: only redirects within the target are followed"
          .formatted(status, there);
    }
    if (places.isEmpty()) {
      places.add(here.getRawPath());
    }
    String place = there.getRawPath().isEmpty() ? "/" : there.getRawPath();
    while (place.startsWith("/../")) {
      place = place.substring(3);
    }
    String path = there.getRawQuery() == null ? place : place + "?" + there.getRawQuery();
    if (places.size() > MOST) {
      return "more than %d redirects: %s"
          .formatted(MOST, places.contains(path) ? circle(path) : "the last to " + path);
    }
    places.add(path);
    asGet |=
        switch (sent.method()) {
          case GET, HEAD -> false;
          case POST -> status <= 303;
          case PUT, PATCH, DELETE, OPTIONS -> status == 303;
        };
    return null;
  }

  /** The way from a place back to itself. */
  private String circle(String path) {
    var way = new ArrayList<>(places.subList(places.indexOf(path), places.size()));
    int again = way.subList(1, way.size()).indexOf(path);
    List<String> once = again < 0 ? way : way.subList(0, again + 1);
    return "in a circle, " + String.join(" to ", once) + " to " + path;
  }

  private static boolean isSameOrigin(URI target, URI there) {
    return target.getScheme().equalsIgnoreCase(String.valueOf(there.getScheme()))
        && target.getHost().equalsIgnoreCase(String.valueOf(there.getHost()))
        && port(target) == port(there);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /** Writes the request for the present place. */
  void writeTo(
      ByteBuf out, CompiledRequest request, @Nullable String[] values, @Nullable String jar) {
    String whole = text(request, values, jar);
    int line = whole.indexOf("\r\n") + 2;
    int end = whole.indexOf("\r\n\r\n") + 2;
    var text = new StringBuilder(whole.length());
    String first = whole.substring(0, line).split(" ", 3)[1];
    // Before a proxy stands the whole address.
    String origin = first.startsWith("/") ? "" : first.substring(0, first.indexOf('/', 8));
    text.append(asGet ? "GET" : request.method()).append(' ').append(origin).append(place());
    text.append(" HTTP/1.1\r\n");
    for (String header : whole.substring(line, end).split("(?<=\r\n)")) {
      if (!asGet || !header.toLowerCase(Locale.ROOT).startsWith("content-")) {
        text.append(header);
      }
    }
    text.append(asGet ? "\r\n" : whole.substring(end));
    // Bytes went in as this charset, so the same bytes come out.
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }

  /** The same for HTTP/2. */
  Http2Headers fields(Http2Headers first) {
    var fields = new DefaultHttp2Headers(false, first.size());
    first.forEach(field -> {
      if (!field.getKey().toString().startsWith("content-") || !asGet) {
        fields.add(field.getKey(), field.getValue());
      }
    });
    fields.path(place());
    if (asGet) {
      fields.method("GET");
    }
    return fields;
  }

  /** Path and query of the present place. */
  String place() {
    return places.getLast();
  }

  /** Method, target and version of a request. */
  String[] line(CompiledRequest request, @Nullable String[] values) {
    if (!places.isEmpty()) {
      return new String[] {"GET", place()};
    }
    String whole = text(request, values, null);
    return whole.substring(0, whole.indexOf("\r\n")).split(" ");
  }

  private static String text(
      CompiledRequest request, @Nullable String[] values, @Nullable String jar) {
    ByteBuf written = PooledByteBufAllocator.DEFAULT.heapBuffer();
    try {
      request.writeTo(written, values, jar);
      return written.toString(StandardCharsets.ISO_8859_1);
    } finally {
      written.release();
    }
  }
}
