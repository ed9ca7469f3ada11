package headroom.load.protocol.http;

import headroom.load.protocol.Action;
import headroom.load.protocol.CompiledRetry;
import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.Complaint;
import headroom.load.result.ErrorKind;
import headroom.plan.Expectation;
import headroom.plan.Step.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A request of which everything that does not change has been written beforehand.
 *
 * @param step index of the distributions it is recorded in
 * @param head request line and headers, without the length and the empty line at the end
 * @param path with its query
 * @param body absent for none
 * @param fixed the whole of it, where no variable is in it
 * @param fields the head once more, for HTTP/2; absent for plans that do not use it
 * @param timeout index of its timeout among those of the plan
 * @param wantedHeaders headers of the answer that are looked at, lower case
 * @param cookies index of the cookies among them; empty where none are kept
 * @param retry how it is sent again when it fails; absent for never
 */
record CompiledRequest(
    int step,
    Method method,
    CompiledTemplate head,
    CompiledTemplate path,
    @Nullable CompiledTemplate body,
    @Nullable CompiledTemplate fixed,
    @Nullable CompiledFields fields,
    Expectation expect,
    List<CompiledCheck> checks,
    List<CompiledSave> saves,
    boolean wantsBody,
    List<String> wantedHeaders,
    OptionalInt cookies,
    int timeout,
    @Nullable CompiledRetry retry)
    implements Action {
  CompiledRequest {
    checks = List.copyOf(checks);
    saves = List.copyOf(saves);
    wantedHeaders = List.copyOf(wantedHeaders);
  }

  private static final byte[] COOKIE = "cookie: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE = "\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * @param jar the cookies of the user, absent for none
   */
  void writeTo(ByteBuf out, @Nullable String[] values, @Nullable String jar) {
    if (fixed != null && jar == null) {
      fixed.writeTo(out, values);
    } else {
      write(out, head, body, values, jar);
    }
  }

  /**
   * Checks an answer of a status that is expected, and keeps what is to be saved of it.
   *
   * @param values of the user, which saved ones are added to
   * @param random picks among several values
   * @param serviceNanos from sending to the last byte
   * @return what is wrong with it, null when nothing is
   */
  @Nullable Complaint examine(
      Answer answer, @Nullable String[] values, RandomGenerator random, long serviceNanos) {
    // For every answer: no iterators.
    for (int i = 0; i < checks.size(); i++) {
      String complaint = checks.get(i).complaint(answer, values, serviceNanos);
      if (complaint != null) {
        return new Complaint(ErrorKind.CHECK, complaint);
      }
    }
    for (int i = 0; i < saves.size(); i++) {
      CompiledSave save = saves.get(i);
      String value = save.extract(answer, random);
      if (value == null) {
        return new Complaint(ErrorKind.SAVE, save.describe());
      }
      values[save.slot()] = value;
    }
    return null;
  }

  /** The path with its query, as it is asked. */
  String path(@Nullable String[] values) {
    return path.text(values);
  }

  static void write(
      ByteBuf out,
      CompiledTemplate head,
      @Nullable CompiledTemplate body,
      @Nullable String[] values,
      @Nullable String jar) {
    head.writeTo(out, values);
    if (jar != null) {
      out.writeBytes(COOKIE);
      out.writeCharSequence(jar, StandardCharsets.US_ASCII);
      out.writeBytes(LINE);
    }
    if (body == null) {
      out.writeBytes(LINE);
      return;
    }
    ByteBuf content = PooledByteBufAllocator.DEFAULT.heapBuffer();
    try {
      body.writeTo(content, values);
      out.writeBytes(LENGTH);
      out.writeCharSequence(Integer.toString(content.readableBytes()), StandardCharsets.US_ASCII);
      out.writeBytes(END);
      out.writeBytes(content);
    } finally {
      content.release();
    }
  }
}
