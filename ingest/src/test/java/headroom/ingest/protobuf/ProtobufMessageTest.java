package headroom.ingest.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import headroom.testkit.ForAll;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is written is what protobuf's own reader reads. */
final class ProtobufMessageTest {
  private record Values(long whole, int signed, double real, String text, List<Long> packed) {
    static Values draw(RandomGenerator random) {
      return new Values(
          random.nextLong() >>> random.nextInt(64) | 1,
          random.nextInt() >> random.nextInt(32),
          random.nextDouble() * 1e9,
          "ä".repeat(random.nextInt(300)) + "x",
          random.longs(random.nextInt(50)).boxed().toList());
    }
  }

  @Test
  void everyFieldIsReadBack() {
    ForAll.cases(300).check(Values::draw, ProtobufMessageTest::check);
  }

  private static void check(Values values) throws IOException {
    var message = new ProtobufMessage();
    message.message(
        1,
        outer -> {
          outer.integer(1, values.whole);
          outer.signed(2, values.signed);
          outer.message(3, inner -> inner.text(1, values.text));
          outer.packed(4, values.packed.stream().mapToLong(Long::longValue).toArray());
          outer.number(5, values.real);
          outer.fixed(6, values.whole);
          outer.id(7, values.whole);
        });

    CodedInputStream in = CodedInputStream.newInstance(message.toBytes());
    assertThat(in.readTag()).isEqualTo(tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED));
    int outer = in.pushLimit(in.readRawVarint32());
    assertThat(in.readTag()).isEqualTo(tag(1, WireFormat.WIRETYPE_VARINT));
    assertThat(in.readInt64()).isEqualTo(values.whole);
    assertThat(in.readTag()).isEqualTo(tag(2, WireFormat.WIRETYPE_VARINT));
    assertThat(in.readSInt32()).isEqualTo(values.signed);
    assertThat(in.readTag()).isEqualTo(tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED));
    int inner = in.pushLimit(in.readRawVarint32());
    assertThat(in.readTag()).isEqualTo(tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED));
    assertThat(in.readStringRequireUtf8()).isEqualTo(values.text);
    in.popLimit(inner);
    assertThat(in.readTag()).isEqualTo(tag(4, WireFormat.WIRETYPE_LENGTH_DELIMITED));
    int packed = in.pushLimit(in.readRawVarint32());
    for (long value : values.packed) {
      assertThat(in.readInt64()).isEqualTo(value);
    }
    assertThat(in.getBytesUntilLimit()).isZero();
    in.popLimit(packed);
    assertThat(in.readTag()).isEqualTo(tag(5, WireFormat.WIRETYPE_FIXED64));
    assertThat(in.readDouble()).isEqualTo(values.real);
    assertThat(in.readTag()).isEqualTo(tag(6, WireFormat.WIRETYPE_FIXED64));
    assertThat(in.readFixed64()).isEqualTo(values.whole);
    assertThat(in.readTag()).isEqualTo(tag(7, WireFormat.WIRETYPE_LENGTH_DELIMITED));
    assertThat(in.readBytes().asReadOnlyByteBuffer().getLong()).isEqualTo(values.whole);
    assertThat(in.getBytesUntilLimit()).isZero();
    in.popLimit(outer);
    assertThat(in.isAtEnd()).isTrue();
  }

  @Test
  void defaultsAreLeftOutAndEmptyMessagesAreNot() {
    var message = new ProtobufMessage();
    message.integer(1, 0);
    message.text(2, "");
    assertThat(message.toBytes()).isEmpty();
    message.message(3, empty -> {});
    assertThat(message.toBytes()).containsExactly(tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED), 0);
  }

  private static int tag(int field, int type) {
    return field << 3 | type;
  }
}
