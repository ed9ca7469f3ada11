package headroom.load.protocol;

import headroom.plan.Template;
import headroom.plan.Template.Escape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A template as the bytes between its variables, which are named by slot. */
public final class CompiledTemplate {
  private final List<Piece> pieces;

  /** Bytes, or a variable's slot. */
  private static final class Piece {
    private final byte[] bytes;
    private final int slot;
    private final Escape escape;

    Piece(byte[] bytes, int slot, Escape escape) {
      this.bytes = bytes;
      this.slot = slot;
      this.escape = escape;
    }
  }

  private CompiledTemplate(List<Piece> pieces) {
    this.pieces = pieces;
  }

  public static CompiledTemplate of(Template template, ToIntFunction<String> slots) {
    var pieces = new ArrayList<Piece>();
    for (Template.Part part : template.parts()) {
      pieces.add(
          switch (part) {
            case Template.Literal literal ->
                new Piece(literal.text().getBytes(StandardCharsets.UTF_8), -1, Escape.NONE);
            case Template.Variable variable ->
                new Piece(new byte[0], slots.applyAsInt(variable.name()), variable.escape());
            case Template.Raw raw ->
                new Piece(raw.bytes().getBytes(StandardCharsets.ISO_8859_1), -1, Escape.NONE);
          });
    }
    return new CompiledTemplate(pieces);
  }

  /** Bytes without variables. */
  public static CompiledTemplate of(byte[] bytes) {
    return new CompiledTemplate(List.of(new Piece(bytes, -1, Escape.NONE)));
  }

  /** Whether it is the same for every user. */
  public boolean isStatic() {
    return pieces.stream().allMatch(piece -> piece.slot < 0);
  }

  public void writeTo(ByteBuf out, @Nullable String[] values) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.slot < 0) {
        out.writeBytes(piece.bytes);
      } else {
        String value = values[piece.slot];
        write(out, value == null ? "" : value, piece.escape);
      }
    }
  }

  /** As a text, values as they are. */
  public String plain(@Nullable String[] values) {
    var text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.slot < 0) {
        text.append(new String(piece.bytes, StandardCharsets.UTF_8));
      } else {
        String value = values[piece.slot];
        text.append(value == null ? "" : value);
      }
    }
    return text.toString();
  }

  /** What would be written, as a text. */
  public String text(@Nullable String[] values) {
    if (pieces.size() == 1 && pieces.getFirst().slot < 0) {
      return new String(pieces.getFirst().bytes, StandardCharsets.UTF_8);
    }
    ByteBuf out = PooledByteBufAllocator.DEFAULT.heapBuffer();
    try {
      writeTo(out, values);
      return out.toString(StandardCharsets.UTF_8);
    } finally {
      out.release();
    }
  }

  private static void write(ByteBuf out, String value, Escape escape) {
    switch (escape) {
      case NONE -> ByteBufUtil.writeUtf8(out, withoutLineBreaks(value));
      case JSON -> ByteBufUtil.writeUtf8(out, json(value));
      case PERCENT -> percent(out, value);
    }
  }

  /** A value from an answer must not be able to add a header of its own. */
  private static String withoutLineBreaks(String value) {
    return value.indexOf('\n') < 0 && value.indexOf('\r') < 0
        ? value
        : value.replace('\r', ' ').replace('\n', ' ');
  }

  static String json(String value) {
    int i = 0;
    while (i < value.length() && isPlainJson(value.charAt(i))) {
      i++;
    }
    if (i == value.length()) {
      return value;
    }
    var text = new StringBuilder(value.length() + 8);
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (isPlainJson(c)) {
        text.append(c);
      } else if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else {
        text.append("\\u%04x".formatted((int) c));
      }
    }
    return text.toString();
  }

  private static boolean isPlainJson(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  private static void percent(ByteBuf out, String value) {
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if ((b >= 'a' && b <= 'z')
          || (b >= 'A' && b <= 'Z')
          || (b >= '0' && b <= '9')
          || b == '-'
          || b == '_'
          || b == '.'
          || b == '~') {
        out.writeByte(b);
      } else {
        out.writeByte('%');
        out.writeByte(Character.toUpperCase(Character.forDigit((b >> 4) & 0xF, 16)));
        out.writeByte(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
      }
    }
  }
}
