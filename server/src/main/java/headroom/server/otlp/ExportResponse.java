package headroom.server.otlp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.protobuf.ProtobufMessage;
import java.nio.charset.StandardCharsets;

/** {@code Export*ServiceResponse}: empty when everything was taken, else a partial success. */
final class ExportResponse {
  private static final JsonMapper JSON = new JsonMapper();

  private ExportResponse() {}

  static byte[] write(Signal signal, Receipt receipt, Encoding encoding) {
    boolean whole = receipt.rejected() == 0 && receipt.message().isEmpty();
    return switch (encoding) {
      case PROTOBUF -> whole ? new byte[0] : protobuf(receipt);
      case JSON -> whole ? new byte[] {'{', '}'} : json(signal, receipt);
    };
  }

  /** {@code partial_success} 1: {@code rejected_*} 1, {@code error_message} 2. */
  private static byte[] protobuf(Receipt receipt) {
    var response = new ProtobufMessage();
    response.message(
        1,
        partial -> {
          partial.integer(1, receipt.rejected());
          partial.text(2, receipt.message());
        });
    return response.toBytes();
  }

  /** 64-bit integers are strings in protobuf's JSON. */
  private static byte[] json(Signal signal, Receipt receipt) {
    var json = JSON.createObjectNode();
    json.putObject("partialSuccess")
        .put(OtlpNames.rejectedField(signal), Long.toString(receipt.rejected()))
        .put("errorMessage", receipt.message());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
