package headroom.cli.exam.simulate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A recording as the Collector's file exporter writes it; its name says how.
 *
 * <pre>
 *   NAME.pb       protobuf, each message behind its length in four bytes
 *   NAME.jsonl    JSON, a document a line; so is every other name
 *   NAME.….gz     packed with gzip
 * </pre>
 */
final class OtlpFile implements AutoCloseable {
  private final OutputStream out;
  private final OtlpEncoder encoder;
  private final boolean framed;

  OtlpFile(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    boolean packed = name.endsWith(".gz");
    framed = (packed ? name.substring(0, name.length() - 3) : name).endsWith(".pb");
    encoder = framed ? new ProtobufEncoder() : new JsonEncoder();
    OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    out = packed ? new GZIPOutputStream(plain, 1 << 16) : plain;
  }

  void spans(List<OtlpAttribute> resource, List<OtlpSpan> spans) {
    if (!spans.isEmpty()) {
      write(encoder.spans(resource, spans));
    }
  }

  void points(List<OtlpAttribute> resource, List<OtlpPoint> points) {
    if (!points.isEmpty()) {
      write(encoder.points(resource, points));
    }
  }

  private void write(byte[] message) {
    try {
      if (framed) {
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(message.length).array());
      }
      out.write(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
