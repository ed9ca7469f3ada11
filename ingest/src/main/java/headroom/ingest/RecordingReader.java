package headroom.ingest;

import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Decoded;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.Signal;
import headroom.ingest.otlp.Unpacker;
import headroom.model.TelemetrySink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files that the OpenTelemetry Collector's file exporter, or anything like it, has written:
 * JSON documents on lines of their own, indented, or in an array, or messages behind their length
 * in four bytes, protobuf or JSON, the whole file or each message packed with gzip or zstd. All of
 * that is told from the contents, not from the name; traces, metrics and logs may be mixed.
 *
 * <p>A record that cannot be read is skipped and counted. Not safe for use by several threads.
 */
public final class RecordingReader {
  private static final int DEFAULT_MAX_RECORD_BYTES = 64 << 20;

  /** A packed file in a packed file is read; deeper is nobody's recording. */
  private static final int MAX_LAYERS = 2;

  /** A larger JSON document is read in parts. */
  private static final int PART_BYTES = 4 << 20;

  private static final int PEEKED_BYTES = 64;

  private final OtlpDecoder decoder;
  private final int maxRecordBytes;
  private final Unpacker unpacker;

  /** For records of up to 64 MiB. */
  public RecordingReader(OtlpDecoder decoder) {
    this(decoder, DEFAULT_MAX_RECORD_BYTES);
  }

  public RecordingReader(OtlpDecoder decoder, int maxRecordBytes) {
    this.decoder = decoder;
    this.maxRecordBytes = maxRecordBytes;
    this.unpacker = new Unpacker(maxRecordBytes);
  }

  /**
   * Reads a file and hands on what it holds.
   *
   * @throws IOException when the file cannot be read; what stands in it is no reason
   */
  public RecordingContents read(Path file, TelemetrySink sink, ReadProgress progress)
      throws IOException {
    var reading = new Reading(file, sink);
    try (InputStream raw = Files.newInputStream(file);
        var counted = new ProgressInputStream(raw, Files.size(file), progress)) {
      try {
        reading.read(counted);
      } catch (IOException e) {
        if (counted.hasFailed()) {
          throw e;
        }
        reading.problem("what is packed cannot be unpacked: " + e.getMessage());
      }
    }
    return reading.toRecorded();
  }

  /** The reading of one file. */
  private final class Reading {
    private final Path file;
    private final TelemetrySink sink;
    private final Problems problems = new Problems();
    private final Map<Signal, Decoded> decoded = new EnumMap<>(Signal.class);
    private @Nullable RecordSource source;
    private long records;
    private long badRecords;

    Reading(Path file, TelemetrySink sink) {
      this.file = file;
      this.sink = sink;
    }

    RecordingContents toRecorded() {
      return new RecordingContents(records, badRecords, problems.told(), decoded);
    }

    void problem(@Nullable String what) {
      badRecords++;
      String place = source == null ? "" : ", " + source.place();
      problems.add(file + place, String.valueOf(what));
    }

    void read(InputStream stored) throws IOException {
      InputStream in = peekable(stored);
      for (int layer = 0; layer < MAX_LAYERS; layer++) {
        byte[] first = peek(in);
        Compression compression = Compression.detect(first, 0, first.length);
        if (compression == Compression.NONE) {
          break;
        }
        in = peekable(Unpacker.open(in, compression, maxRecordBytes));
      }
      byte[] first = peek(in);
      if (first.length == 0) {
        return;
      }
      source = sourceOf(in, first);
      if (source == null) {
        problem(
            "begins with the bytes %s, neither with '{' nor with the length of a message of up to %,d bytes"
                .formatted(
                    HexFormat.ofDelimiter(" ").formatHex(first, 0, Math.min(8, first.length)),
                    maxRecordBytes));
        return;
      }
      readRecords(source);
    }

    private void readRecords(RecordSource from) throws IOException {
      while (true) {
        try {
          if (!from.next()) {
            return;
          }
          decode(from);
        } catch (BadRecordException e) {
          problem(e.getMessage());
          if (e.isLast()) {
            return;
          }
        } catch (MalformedTelemetryException e) {
          problem(e.getMessage());
        }
      }
    }

    private void decode(RecordSource from) throws MalformedTelemetryException {
      Compression compression =
          from.isJson()
              ? Compression.NONE
              : Compression.detect(from.bytes(), from.offset(), from.length());
      ByteBuffer body = unpacker.unpack(from.bytes(), from.offset(), from.length(), compression);
      byte[] array = body.array();
      int first = body.arrayOffset() + body.position();
      int length = body.remaining();
      boolean isJson = from.isJson() || (length > 0 && array[first] == '{');
      Encoding encoding = isJson ? Encoding.JSON : Encoding.PROTOBUF;
      Optional<Signal> signal = decoder.detect(array, first, length, encoding);
      if (signal.isPresent()) {
        decode(signal.get(), array, first, length, encoding);
        for (Signal other : decoder.alsoThere()) {
          decode(other, array, first, length, encoding);
        }
      } else if (isJson) {
        throw new MalformedTelemetryException(
            0, "resourceSpans, resourceMetrics or resourceLogs", "an object without any");
      }
      records++;
    }

    private void decode(Signal signal, byte[] array, int first, int length, Encoding encoding)
        throws MalformedTelemetryException {
      try {
        decoder.decode(signal, array, first, length, encoding, sink);
      } finally {
        decoded.merge(signal, decoder.decodedLast(), Decoded::plus);
      }
    }

    private @Nullable RecordSource sourceOf(InputStream in, byte[] first) {
      if (startsJson(first)) {
        return new JsonDocuments(in, maxRecordBytes, Math.min(PART_BYTES, maxRecordBytes / 2));
      }
      long length =
          first.length < Integer.BYTES ? 0 : ByteBuffer.wrap(first).getInt() & 0xFFFFFFFFL;
      return length <= maxRecordBytes ? new LengthPrefixed(in, maxRecordBytes) : null;
    }
  }

  /** Whether a bracket comes first, but for white space and a byte-order mark. */
  private static boolean startsJson(byte[] first) {
    String text = new String(first, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "").strip();
    return text.startsWith("{") || text.startsWith("[");
  }

  private static InputStream peekable(InputStream in) {
    return new BufferedInputStream(in, 64 << 10);
  }

  private static byte[] peek(InputStream in) throws IOException {
    in.mark(PEEKED_BYTES);
    byte[] first = in.readNBytes(PEEKED_BYTES);
    in.reset();
    return first;
  }
}
