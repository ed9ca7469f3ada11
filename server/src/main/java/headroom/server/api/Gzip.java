package headroom.server.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Bodies packed for readers that say they can unpack them. */
public final class Gzip {
  private Gzip() {}

  public static boolean isAccepted(HttpRequest request) {
    return request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip");
  }

  public static byte[] pack(byte[] content) {
    var packed = new ByteArrayOutputStream(content.length / 3 + 64);
    try (var stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
