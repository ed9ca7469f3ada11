package headroom.load.network;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 responses from bytes in any pieces, one at a time. It keeps the status and the
 * length of the body, and of headers and body only what the caller has asked for.
 *
 * <p>States, each left at the byte that completes it:
 *
 * <pre>
 *   STATUS ─► HEADERS ─┬─► DONE                      (no body)
 *                      ├─► LENGTH ─► DONE
 *                      ├─► CHUNK_SIZE ─► CHUNK ─► CHUNK_END ─► CHUNK_SIZE …
 *                      │        └─► TRAILERS ─► DONE
 *                      └─► UNTIL_CLOSE               (done when the connection closes)
 * </pre>
 *
 * Source: RFC 9112. Not safe for use by several threads.
 */
public final class ResponseParser {
  /** The longest line of a head. */
  static final int MAX_LINE = 65_536;

  /** The most lines of a head. */
  static final int MAX_LINES = 256;

  private enum State {
    STATUS,
    HEADERS,
    LENGTH,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    UNTIL_CLOSE,
    DONE
  }

  private final long maxBodyBytes;
  private State state = State.DONE;
  private byte[] line = new byte[256];
  private int lineLength;
  private int lines;

  private boolean head;
  private boolean keepBody;
  private List<String> wanted = List.of();
  private @Nullable String[] found = new String[0];

  private int status;
  private boolean keepAlive;
  private boolean chunked;
  private long contentLength;
  private long remaining;
  private long bodyBytes;
  private @Nullable String location;
  private final KeptBody body = new KeptBody();

  public ResponseParser(long maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Gets ready for the next response.
   *
   * @param head whether it answers a HEAD request, so that it has no body whatever it says
   * @param keepBody whether to keep the body
   * @param wanted names of headers to keep, lower case
   */
  public void begin(boolean head, boolean keepBody, List<String> wanted) {
    this.head = head;
    this.keepBody = keepBody;
    this.wanted = wanted;
    if (found.length != wanted.size()) {
      found = new String[wanted.size()];
    } else {
      Arrays.fill(found, null);
    }
    body.clear();
    bodyBytes = 0;
    beginHead();
  }

  private void beginHead() {
    state = State.STATUS;
    lineLength = 0;
    lines = 0;
    status = 0;
    keepAlive = true;
    chunked = false;
    contentLength = -1;
    location = null;
  }

  /**
   * Reads bytes until the response is complete or they are used up.
   *
   * @return the index after the last byte used
   * @throws BadResponseException when the bytes are no response or one over a limit
   */
  public int read(byte[] bytes, int from, int to) throws BadResponseException {
    int at = from;
    while (at < to && state != State.DONE) {
      at =
          switch (state) {
            case STATUS, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> readLine(bytes, at, to);
            case LENGTH, CHUNK -> readCounted(bytes, at, to);
            case UNTIL_CLOSE -> {
              keep(bytes, at, to - at);
              yield to;
            }
            case DONE -> at;
          };
    }
    return at;
  }

  /** Whether the response is complete. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Tells that no further byte will come; whether that completes the response. */
  public boolean closed() {
    if (state == State.UNTIL_CLOSE) {
      state = State.DONE;
    }
    return state == State.DONE;
  }

  /** Whether any byte of the present response has been read. */
  public boolean hasBegun() {
    return state != State.STATUS || lineLength > 0;
  }

  public int status() {
    return status;
  }

  /** Whether the connection may be used again. */
  public boolean keepAlive() {
    return keepAlive;
  }

  /** The length of the body so far. */
  public long bodyBytes() {
    return bodyBytes;
  }

  /** The body as far as it was kept. */
  public KeptBody body() {
    return body;
  }

  /** The value of the wanted header of that index; several are on lines of their own. */
  public @Nullable String header(int index) {
    return found[index];
  }

  /** Where a redirect leads. */
  public @Nullable String location() {
    return location;
  }

  private int readLine(byte[] bytes, int from, int to) throws BadResponseException {
    int end = HeadBytes.indexOf(bytes, from, to, '\n');
    if (lineLength + (end - from) > MAX_LINE) {
      throw new BadResponseException(true, "a line of the head is longer than " + MAX_LINE);
    }
    if (end == to) {
      carry(bytes, from, to);
      return to;
    }
    if (lineLength == 0) {
      line(bytes, from, end);
    } else {
      carry(bytes, from, end);
      int length = lineLength;
      lineLength = 0;
      line(line, 0, length);
    }
    return end + 1;
  }

  /** Keeps the beginning of a line whose end has not come yet. */
  private void carry(byte[] bytes, int from, int to) {
    int length = to - from;
    if (lineLength + length > line.length) {
      line = Arrays.copyOf(line, Math.max(lineLength + length, line.length * 2));
    }
    System.arraycopy(bytes, from, line, lineLength, length);
    lineLength += length;
  }

  private void line(byte[] bytes, int from, int newline) throws BadResponseException {
    int end = newline > from && bytes[newline - 1] == '\r' ? newline - 1 : newline;
    switch (state) {
      case STATUS -> statusLine(bytes, from, end);
      case HEADERS -> {
        if (end == from) {
          endOfHead();
        } else {
          headerLine(bytes, from, end);
        }
      }
      case CHUNK_SIZE -> chunkSize(bytes, from, end);
      case CHUNK_END -> {
        if (end != from) {
          throw new BadResponseException(false, "a chunk is longer than it says");
        }
        state = State.CHUNK_SIZE;
      }
      case TRAILERS -> {
        countLine();
        if (end == from) {
          state = State.DONE;
        }
      }
      case LENGTH, CHUNK, UNTIL_CLOSE, DONE -> throw new AssertionError(state);
    }
  }

  private void countLine() throws BadResponseException {
    if (++lines > MAX_LINES) {
      throw new BadResponseException(true, "the head has more than " + MAX_LINES + " lines");
    }
  }

  private void statusLine(byte[] bytes, int from, int end) throws BadResponseException {
    countLine();
    status = HeadBytes.status(bytes, from, end);
    keepAlive = bytes[from + 7] != '0';
    state = State.HEADERS;
  }

  private void headerLine(byte[] bytes, int from, int end) throws BadResponseException {
    countLine();
    int colon = HeadBytes.indexOf(bytes, from, end, ':');
    if (colon == end) {
      throw HeadBytes.malformed("a header without a colon", bytes, from, end);
    }
    int length = colon - from;
    if (length == 14 && HeadBytes.is(bytes, from, "content-length")) {
      contentLength = HeadBytes.length(bytes, colon + 1, end);
    } else if (length == 10 && HeadBytes.is(bytes, from, "connection")) {
      connection(bytes, colon + 1, end);
    } else if (length == 17 && HeadBytes.is(bytes, from, "transfer-encoding")) {
      chunked = endsWithIgnoringCase(HeadBytes.value(bytes, colon + 1, end), "chunked");
    } else if (status >= 300
        && status < 400
        && length == 8
        && HeadBytes.is(bytes, from, "location")) {
      location = HeadBytes.value(bytes, colon + 1, end);
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).length() == length && HeadBytes.is(bytes, from, wanted.get(i))) {
        String before = found[i];
        String value = HeadBytes.value(bytes, colon + 1, end);
        found[i] = before == null ? value : before + "\n" + value;
      }
    }
  }

  /** Reads the one header that nearly every answer has without making a text of it. */
  private void connection(byte[] bytes, int from, int end) {
    if (HeadBytes.isValue(bytes, from, end, "close")) {
      keepAlive = false;
    } else if (HeadBytes.isValue(bytes, from, end, "keep-alive")) {
      keepAlive = true;
    }
  }

  private void endOfHead() throws BadResponseException {
    if (status < 200) {
      // An interim answer, such as 100 or 103: the real one follows. 101 would end HTTP here.
      if (status == 101) {
        throw new BadResponseException(false, "the target switches protocols");
      }
      int before = lines;
      beginHead();
      lines = before;
      return;
    }
    if (head || status == 204 || status == 304) {
      state = State.DONE;
    } else if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (contentLength >= 0) {
      checkSize(contentLength);
      remaining = contentLength;
      state = remaining == 0 ? State.DONE : State.LENGTH;
    } else {
      keepAlive = false;
      state = State.UNTIL_CLOSE;
    }
  }

  private void chunkSize(byte[] bytes, int from, int end) throws BadResponseException {
    long size = HeadBytes.chunkSize(bytes, from, end);
    checkSize(bodyBytes + size);
    remaining = size;
    state = size == 0 ? State.TRAILERS : State.CHUNK;
  }

  private int readCounted(byte[] bytes, int from, int to) throws BadResponseException {
    int length = (int) Math.min(remaining, to - from);
    keep(bytes, from, length);
    remaining -= length;
    if (remaining == 0) {
      state = state == State.LENGTH ? State.DONE : State.CHUNK_END;
    }
    return from + length;
  }

  private void keep(byte[] bytes, int from, int length) throws BadResponseException {
    bodyBytes += length;
    checkSize(bodyBytes);
    if (keepBody) {
      body.add(bytes, from, length);
    }
  }

  private void checkSize(long size) throws BadResponseException {
    if (size > maxBodyBytes) {
      throw new BadResponseException(true, "the body is longer than " + maxBodyBytes + " bytes");
    }
  }

  private static boolean endsWithIgnoringCase(String text, String end) {
    return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
  }
}
