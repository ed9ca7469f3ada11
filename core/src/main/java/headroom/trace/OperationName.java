package headroom.trace;

import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * What the unit of work that a span stands for is called: {@code POST /orders/{id}}, {@code
 * shop.Cart/Add}, {@code process orders}, {@code SELECT account}; else the span's own name. The
 * number of distinct names is to be bounded by the caller, since paths come from outside.
 */
public final class OperationName {
  private static final int MAX_SEGMENTS = 8;
  private static final int MAX_SEGMENT_LENGTH = 40;
  private static final int MAX_LENGTH = 200;

  private OperationName() {}

  public static String of(Span span) {
    return bounded(unbounded(span));
  }

  private static String unbounded(Span span) {
    String method = span.get(SpanAttribute.HTTP_METHOD);
    if (method != null) {
      return http(span, method);
    }
    String rpcMethod = span.get(SpanAttribute.RPC_METHOD);
    if (rpcMethod != null) {
      return rpc(rpcMethod, span.get(SpanAttribute.RPC_SERVICE));
    }
    String destination = span.get(SpanAttribute.MESSAGING_DESTINATION);
    if (destination != null) {
      return messaging(span, destination);
    }
    return isDatabase(span) ? database(span) : fallback(span);
  }

  /** Whether the span is a call of a database, as told by its attributes. */
  static boolean isDatabase(Span span) {
    return span.get(SpanAttribute.DB_SYSTEM) != null
        || span.get(SpanAttribute.DB_QUERY_TEXT) != null
        || span.get(SpanAttribute.DB_QUERY_SUMMARY) != null;
  }

  private static String http(Span span, String method) {
    String route = span.get(SpanAttribute.HTTP_ROUTE);
    if (route != null && !route.isEmpty()) {
      return method + " " + route;
    }
    if (span.kind == SpanKind.CLIENT) {
      return span.name.isEmpty() ? method : span.name;
    }
    if ("404".equals(span.get(SpanAttribute.HTTP_STATUS))) {
      return method + " (not found)"; // one name for all that scanners ask for
    }
    String path = span.get(SpanAttribute.URL_PATH);
    if (path != null && !path.isEmpty()) {
      return method + " " + template(path);
    }
    return span.name.isEmpty() ? method : span.name;
  }

  private static String rpc(String method, @Nullable String service) {
    return service == null || service.isEmpty() || method.indexOf('/') >= 0
        ? method
        : service + "/" + method;
  }

  private static String messaging(Span span, String destination) {
    String operation = span.get(SpanAttribute.MESSAGING_OPERATION);
    if (operation == null || operation.isEmpty()) {
      operation =
          switch (span.kind) {
            case PRODUCER -> "send";
            case CONSUMER -> "process";
            case UNSPECIFIED, INTERNAL, SERVER, CLIENT -> "";
          };
    }
    return operation.isEmpty() ? destination : operation + " " + destination;
  }

  private static String database(Span span) {
    String summary = span.get(SpanAttribute.DB_QUERY_SUMMARY);
    if (summary != null && !summary.isEmpty()) {
      return summary;
    }
    String operation = span.get(SpanAttribute.DB_OPERATION);
    String collection = span.get(SpanAttribute.DB_COLLECTION);
    if (operation != null && !operation.isEmpty()) {
      return collection == null ? operation : operation + " " + collection;
    }
    return fallback(span);
  }

  private static String fallback(Span span) {
    return span.name.isEmpty() ? "(unnamed)" : span.name;
  }

  /** A path with what looks like an identifier replaced by {@code {id}}, without its query. */
  static String template(String path) {
    var out = new StringBuilder(path.length());
    int end = endOfPath(path);
    int segments = 0;
    int at = 0;
    while (at < end) {
      int from = path.charAt(at) == '/' ? at + 1 : at;
      int to = path.indexOf('/', from);
      to = to < 0 || to > end ? end : to;
      if (++segments > MAX_SEGMENTS) {
        return out.append("/…").toString();
      }
      out.append('/');
      if (isIdentifier(path, from, to)) {
        out.append("{id}");
      } else {
        out.append(path, from, to);
      }
      at = to;
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  private static int endOfPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#' || c == ';') {
        return i;
      }
    }
    return path.length();
  }

  /** Digits only, three digits or more, a hexadecimal number, an escape, or simply long. */
  private static boolean isIdentifier(String path, int from, int to) {
    int length = to - from;
    int digits = 0;
    int hexadecimal = 0;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-') {
        hexadecimal++;
      } else if (c == '%' || c == '@' || c == '=') {
        return true;
      }
    }
    return (digits > 0 && digits == length)
        || digits >= 3
        || (length >= 16 && digits + hexadecimal == length)
        || length > MAX_SEGMENT_LENGTH;
  }

  private static String bounded(String name) {
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH - 1) + "…";
  }
}
