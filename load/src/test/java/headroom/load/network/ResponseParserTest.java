package headroom.load.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.testkit.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
  private static final long LIMIT = 1_000_000;

  @Test
  void aResponseIsReadTheSameInWhateverPiecesItComes() {
    ForAll.cases(2_000)
        .check(
            random -> new Case(anyResponse(random), random.nextLong()),
            input -> {
              var parser = new ResponseParser(LIMIT);
              parser.begin(false, true, List.of("x-id"));
              byte[] bytes = input.response.bytes();
              var random = new java.util.SplittableRandom(input.seed);
              int at = 0;
              while (at < bytes.length) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
                assertThat(parser.isDone()).isFalse();
                assertThat(parser.read(bytes, at, end)).isEqualTo(end);
                at = end;
              }
              if (input.response.untilClose) {
                assertThat(parser.isDone()).isFalse();
                parser.closed();
              }
              assertThat(parser.isDone()).isTrue();
              assertThat(parser.status()).isEqualTo(input.response.status);
              assertThat(
                      new String(
                          parser.body().array(),
                          0,
                          parser.body().length(),
                          StandardCharsets.ISO_8859_1))
                  .isEqualTo(input.response.body);
              assertThat(parser.bodyBytes()).isEqualTo(input.response.body.length());
              assertThat(parser.header(0)).isEqualTo("7 of 9");
              assertThat(parser.keepAlive())
                  .isEqualTo(!input.response.untilClose && !input.response.closes);
            });
  }

  @Test
  void noGarbageMakesItFailInAnyOtherWayThanTold() {
    ForAll.cases(5_000)
        .check(
            random -> {
              byte[] bytes = anyResponse(random).bytes();
              for (int i = 1 + random.nextInt(5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
              }
              return bytes;
            },
            bytes -> {
              var parser = new ResponseParser(LIMIT);
              parser.begin(random(bytes), true, List.of("x-id"));
              try {
                parser.read(bytes, 0, bytes.length);
              } catch (BadResponseException expected) {
                assertThat(expected).hasMessageMatching("[ -~]+");
              }
            });
  }

  private static boolean random(byte[] bytes) {
    return bytes.length % 2 == 0;
  }

  @Test
  void whatFollowsAResponseIsLeftUnread() throws Exception {
    byte[] bytes = bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 No\r\n");
    var parser = new ResponseParser(LIMIT);
    parser.begin(false, true, List.of());
    assertThat(parser.read(bytes, 0, bytes.length)).isEqualTo(40);
    assertThat(parser.isDone()).isTrue();
    assertThat(parser.body().text()).isEqualTo("ok");
  }

  @Test
  void answersThatHaveNoBodyEndWithTheirHead() throws Exception {
    for (String head :
        List.of("HTTP/1.1 204 No\r\ncontent-length: 9\r\n\r\n", "HTTP/1.1 304 No\r\n\r\n")) {
      assertThat(parse(head, false).isDone()).isTrue();
    }
    assertThat(parse("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", true).isDone()).isTrue();
  }

  @Test
  void interimAnswersAreSkipped() throws Exception {
    ResponseParser parser =
        parse(
            String.join(
                "\r\n",
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/1.1 103 Early",
                "link: x",
                "",
                "HTTP/1.1 201 Created",
                "content-length: 0",
                "",
                ""),
            false);
    assertThat(parser.isDone()).isTrue();
    assertThat(parser.status()).isEqualTo(201);
  }

  @Test
  void anEndlessBodyOrHeadIsRefused() {
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\ncontent-length: 1000001\r\n\r\n", false))
        .hasMessageContaining("longer than 1000000");
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1_000_001), false))
        .hasMessageContaining("longer than 1000000");
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(300), false))
        .hasMessageContaining("more than 256 lines");
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\n" + "a".repeat(70_000), false))
        .hasMessageContaining("longer than 65536");
    assertThatThrownBy(() -> parse("HTTP/1.1 100 On\r\n\r\n".repeat(400), false))
        .isInstanceOf(BadResponseException.class);
  }

  @Test
  void whatIsNoHttpSaysSo() {
    assertThatThrownBy(() -> parse("SSH-2.0-OpenSSH_9.9\r\n", false))
        .hasMessage("not a status line: 'SSH-2.0-OpenSSH_9.9'");
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", false))
        .hasMessageContaining("not a content-length");
  }

  private static ResponseParser parse(String text, boolean head) throws BadResponseException {
    var parser = new ResponseParser(LIMIT);
    parser.begin(head, false, List.of());
    byte[] bytes = bytes(text);
    parser.read(bytes, 0, bytes.length);
    return parser;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private record Case(Response response, long seed) {}

  private record Response(
      int status, String text, String body, boolean untilClose, boolean closes) {
    byte[] bytes() {
      return ResponseParserTest.bytes(text);
    }
  }

  private static Response anyResponse(RandomGenerator random) {
    String body = "b\r\n".repeat(random.nextInt(60));
    boolean closes = random.nextInt(4) == 0;
    int framing = random.nextInt(3);
    String end = random.nextInt(5) == 0 ? "\n" : "\r\n";
    int status = 200 + random.nextInt(4);
    var text = new StringBuilder("HTTP/1.1 " + status + " Fine" + end);
    text.append("X-Id:  7 of 9 ").append(end);
    if (closes) {
      text.append("Connection: CLOSE").append(end);
    }
    switch (framing) {
      case 0 ->
          text.append("Content-LENGTH: ")
              .append(body.length())
              .append(end)
              .append(end)
              .append(body);
      case 1 -> chunks(text, body, end, random);
      default -> text.append(end).append(body);
    }
    return new Response(status, text.toString(), body, framing == 2, closes);
  }

  private static void chunks(StringBuilder text, String body, String end, RandomGenerator random) {
    text.append("Transfer-Encoding: gzip, Chunked").append(end).append(end);
    for (int at = 0; at < body.length(); ) {
      int length = Math.min(body.length() - at, 1 + random.nextInt(40));
      text.append(Integer.toHexString(length)).append(random.nextBoolean() ? ";x=y" : "");
      text.append(end).append(body, at, at + length).append(end);
      at += length;
    }
    text.append('0').append(end).append(random.nextBoolean() ? "trailer: x" + end : "").append(end);
  }
}
