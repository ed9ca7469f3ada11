package headroom.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.server.api.ErrorJson;
import headroom.server.api.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's files from the class path: ours as they stand in {@code web/}, and the libraries'
 * under {@code /lib/NAME/} from where {@code org.mvnpm} jars keep them. Only what exists there is
 * kept, so the cache is as bounded as the jar.
 *
 * <p>Browsers ask again every time and are told "unchanged" by the hash of the content: a new
 * version shows at once.
 */
final class WebFiles implements HttpService {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, MediaType> TYPES =
      Map.of(
          "html",
          MediaType.HTML_UTF_8,
          "css",
          MediaType.CSS_UTF_8,
          "js",
          MediaType.parse("text/javascript; charset=utf-8"),
          "mjs",
          MediaType.parse("text/javascript; charset=utf-8"),
          "json",
          MediaType.JSON_UTF_8,
          "svg",
          MediaType.parse("image/svg+xml"));

  private final Properties libraries = new Properties();
  private final Map<String, WebFile> known = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // immutable by convention, never compared
  private record WebFile(MediaType type, byte[] content, byte[] zipped, String tag) {}

  WebFiles() {
    try (InputStream in = WebFiles.class.getResourceAsStream("libraries.properties")) {
      libraries.load(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The hash under which a content security policy allows the page's inline import map. */
  String importMapHash() {
    WebFile page = file("index.html");
    Matcher found =
        IMPORT_MAP.matcher(page == null ? "" : new String(page.content(), StandardCharsets.UTF_8));
    if (!found.find()) {
      throw new IllegalStateException("web/index.html has no import map");
    }
    byte[] map = found.group(1).getBytes(StandardCharsets.UTF_8);
    return "sha256-" + Base64.getEncoder().encodeToString(sha256(map));
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String path = context.path().substring(1);
    return serve(path.isEmpty() ? "index.html" : path, request);
  }

  HttpResponse serve(String path, HttpRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      return ErrorJson.response(
          HttpStatus.METHOD_NOT_ALLOWED, "a page can only be read", "Ask with GET.");
    }
    WebFile file = file(path);
    if (file == null) {
      return ErrorJson.response(
          HttpStatus.NOT_FOUND,
          "there is nothing at this path",
          "The page is at /, the API under /api/v1/, metrics at /metrics.");
    }
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.ETAG, file.tag())
            .add(HttpHeaderNames.CACHE_CONTROL, "no-cache")
            .add(HttpHeaderNames.VARY, "accept-encoding");
    if (request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "").contains(file.tag())) {
      return HttpResponse.of(headers.status(HttpStatus.NOT_MODIFIED).build());
    }
    headers.contentType(file.type());
    boolean zip = file.zipped().length < file.content().length && Gzip.isAccepted(request);
    if (zip) {
      headers.add(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    return HttpResponse.of(headers.build(), HttpData.wrap(zip ? file.zipped() : file.content()));
  }

  private @Nullable WebFile file(String path) {
    WebFile found = known.get(path);
    if (found == null) {
      found = load(path);
      if (found != null) {
        known.put(path, found);
      }
    }
    return found;
  }

  private @Nullable WebFile load(String path) {
    MediaType type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    String resource = resource(path);
    if (type == null || resource == null) {
      return null;
    }
    try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(content));
      return new WebFile(type, content, Gzip.pack(content), '"' + tag.substring(0, 22) + '"');
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private @Nullable String resource(String path) {
    if (!SAFE.matcher(path).matches()) {
      return null;
    }
    if (!path.startsWith("lib/")) {
      return "/web/" + path;
    }
    String[] parts = path.split("/", 3);
    String version = parts.length == 3 ? libraries.getProperty(parts[1]) : null;
    return version == null
        ? null
        : "/META-INF/resources/_static/%s/%s/%s".formatted(parts[1], version, parts[2]);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
