package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import headroom.testkit.ForAll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackerTest {
  private static final int LIMIT = 1 << 20;

  private final Unpacker unpacker = new Unpacker(LIMIT);

  @Test
  void unpacksWhatWasPacked() {
    ForAll.cases(100)
        .check(
            random -> {
              var bytes = new byte[random.nextInt(200_000)];
              random.nextBytes(bytes);
              Arrays.fill(bytes, 0, bytes.length / 2, (byte) 7);
              return bytes;
            },
            bytes -> {
              assertThat(unpack(gzip(bytes))).isEqualTo(bytes);
              assertThat(unpack(Zstd.compress(bytes))).isEqualTo(bytes);
              assertThat(array(unpacker.unpack(bytes, 0, bytes.length, Compression.NONE)))
                  .isEqualTo(bytes);
            });
  }

  @Test
  void bombsAreDefused() {
    byte[] zeros = new byte[64 << 20];
    for (byte[] bomb : new byte[][] {gzip(zeros), Zstd.compress(zeros)}) {
      assertThat(bomb.length).isLessThan(100_000);
      assertThatThrownBy(() -> unpack(bomb))
          .isInstanceOf(OversizedTelemetryException.class)
          .hasMessage(
              "body of %,d bytes unpacks to more than 1,048,576 bytes; send smaller batches"
                  .formatted(bomb.length));
    }
  }

  @Test
  void theLimitItselfIsAllowed() throws Exception {
    assertThat(unpack(gzip(new byte[LIMIT]))).hasSize(LIMIT);
    assertThatThrownBy(() -> unpack(gzip(new byte[LIMIT + 1])))
        .isInstanceOf(OversizedTelemetryException.class);
    assertThatThrownBy(() -> unpacker.unpack(new byte[LIMIT + 1], 0, LIMIT + 1, Compression.NONE))
        .isInstanceOf(OversizedTelemetryException.class);
  }

  @Test
  void brokenBodiesAreMalformed() {
    byte[] bytes = new byte[5_000];
    ForAll.cases(300)
        .check(
            random -> {
              random.nextBytes(bytes);
              byte[] packed = random.nextBoolean() ? gzip(bytes) : Zstd.compress(bytes);
              Compression compression = Compression.detect(packed, 0, packed.length);
              byte[] broken = Arrays.copyOf(packed, random.nextInt(packed.length));
              if (random.nextBoolean()) {
                broken = packed.clone();
                broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
              }
              return new Object[] {broken, compression};
            },
            drawn -> {
              byte[] broken = (byte[]) drawn[0];
              try {
                unpacker.unpack(broken, 0, broken.length, (Compression) drawn[1]);
              } catch (MalformedTelemetryException expected) {
                assertThat(expected).hasMessageContaining("bytes");
              }
            });
  }

  @Test
  void truncatedBodiesAreNotTakenForWhole() {
    byte[] bytes = new byte[100_000];
    for (byte[] packed : new byte[][] {gzip(bytes), Zstd.compress(bytes)}) {
      byte[] cut = Arrays.copyOf(packed, packed.length - 1);
      assertThatThrownBy(() -> unpack(cut)).isInstanceOf(MalformedTelemetryException.class);
    }
  }

  @Test
  void namesOfHttpAndGrpcAreKnown() {
    assertThat(Compression.named("gzip")).contains(Compression.GZIP);
    assertThat(Compression.named(" Zstd ")).contains(Compression.ZSTD);
    assertThat(Compression.named("identity")).contains(Compression.NONE);
    assertThat(Compression.named("br")).isEmpty();
  }

  private byte[] unpack(byte[] packed) throws MalformedTelemetryException {
    return array(
        unpacker.unpack(packed, 0, packed.length, Compression.detect(packed, 0, packed.length)));
  }

  private static byte[] array(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
