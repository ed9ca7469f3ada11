package headroom.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Writes OTLP's JSON: protobuf's mapping, but with ids in hexadecimal. */
final class OtlpJson {
  private static final Pattern ID =
      Pattern.compile("\"((?:trace|span|parentSpan)Id)\":\\s?\"([A-Za-z0-9+/=]*)\"");

  private OtlpJson() {}

  static byte[] of(MessageOrBuilder message, boolean enumsAsNumbers) {
    JsonFormat.Printer printer = JsonFormat.printer().omittingInsignificantWhitespace();
    try {
      String json = (enumsAsNumbers ? printer.printingEnumsAsInts() : printer).print(message);
      return ID.matcher(json)
          .replaceAll(match ->
              "\"%s\":\"%s\""
                  .formatted(
                      match.group(1),
                      HexFormat.of().formatHex(Base64.getDecoder().decode(match.group(2)))))
          .getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
