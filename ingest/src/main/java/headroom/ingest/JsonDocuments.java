package headroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * JSON documents one after the other, however they are laid out: each on a line of its own,
 * indented over many, or as the elements of an array. Only brackets and strings are looked at; what
 * is wrong within a record is for its reader to tell.
 *
 * <p>A document that outgrows a part is handed over in parts, each with whole elements of its array
 * of resources, so that memory does not grow with it:
 *
 * <pre>
 *  {"resourceSpans": [ A, B, │ C, D, │ E ] }
 *  └───── head ──────┘       └─ the second part is  {"resourceSpans": [ C, D ]}
 * </pre>
 *
 * What cannot be a document ends with its line, and so does one in which a line begins as only a
 * new document does: a line that was cut off costs nothing but itself.
 */
final class JsonDocuments implements RecordSource {
  private static final int FIRST_BYTES = 64 << 10;
  private static final byte[] NOTHING = {};
  private static final byte[] TAIL = {']', '}'};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maxRecordBytes;
  private final int partBytes;
  private final JsonNesting nesting = new JsonNesting();

  private byte[] buffer = new byte[FIRST_BYTES];
  private int start;
  private int position;
  private int end;
  private boolean ended;

  /** The number of the line at {@link #position}, and of the line at the record's beginning. */
  private long line = 1;

  private long recordLine = 1;

  /** Where the line at {@link #position} begins, when that is within the record; else its start. */
  private int lineStart;

  private byte[] head = NOTHING;
  private byte[] part = NOTHING;
  private byte[] record = buffer;
  private int recordFrom;
  private int recordLength;

  /** What of the document is longer than a record may be is passed over, not kept. */
  private boolean tooLong;

  private boolean afterFault;

  /** How far the first line of the present document is indented. */
  private int indent;

  /**
   * @param partBytes how large a document may be to be handed over as a whole
   */
  JsonDocuments(InputStream in, int maxRecordBytes, int partBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
    this.partBytes = partBytes;
  }

  @Override
  public boolean next() throws IOException, BadRecordException {
    if (nesting.isOutside() && !begin()) {
      return false;
    }
    recordLine = line;
    while (position < end || fill()) {
      byte one = buffer[position];
      if (one == '\n') {
        if (nesting.isInString()) {
          afterFault = true;
          return finish(position);
        }
        line++;
        lineStart = position + 1;
      }
      if (one == '{' && position == lineStart && lineStart > start && !nesting.mayOpen()) {
        return finish(position);
      }
      switch (nesting.take(one, buffer, position)) {
        case GOES_ON -> position++;
        case STRING_ENDS -> {
          if (beginsAnew()) {
            position = lineStart;
            return finish(position);
          }
          position++;
        }
        case ELEMENT_ENDS -> {
          position++;
          if (!tooLong && position - start >= partBytes) {
            return finishPart();
          }
        }
        case ENDS -> {
          position++;
          return finish(position);
        }
        case BROKEN -> {
          afterFault = true;
          toEndOfLine();
          return finish(position);
        }
      }
    }
    return finish(end);
  }

  /** Goes to the first byte of a document; false when there is none. */
  private boolean begin() throws IOException {
    head = NOTHING;
    passContinuation();
    int column = indent;
    while (position < end || fill()) {
      start = position;
      if (line == 1 && buffer[position] == BYTE_ORDER_MARK[0] && skipsMark()) {
        continue;
      }
      switch (buffer[position]) {
        case '\n' -> {
          line++;
          column = 0;
        }
        case ' ', '\t' -> column++;
        case '\r', ',', '[', ']' -> {}
        default -> {
          indent = column;
          lineStart = position;
          nesting.begin();
          return true;
        }
      }
      position++;
    }
    return false;
  }

  private boolean skipsMark() throws IOException {
    while (end - position < BYTE_ORDER_MARK.length && fill()) {
      // there may be less in the buffer than a mark is long
    }
    if (end - position < BYTE_ORDER_MARK.length
        || !Arrays.equals(
            buffer, position, position + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3)) {
      return false;
    }
    position += BYTE_ORDER_MARK.length;
    return true;
  }

  /** Whether the string that ends here is the first of a line, and the key of a new document. */
  private boolean beginsAnew() {
    return lineStart > start
        && buffer[lineStart] == '{'
        && nesting.stringStart() == lineStart + 1
        && (nesting.isResourcesKey()
            || (indent == 0 && nesting.isKeyOfBareResource(buffer, position)));
  }

  /** Goes to the next line feed or the file's end: what is behind it can be read again. */
  private void toEndOfLine() throws IOException {
    while ((position < end || fill()) && buffer[position] != '\n') {
      position++;
    }
  }

  /**
   * Lines that can only go on with a document that is broken already are passed over, up to one
   * that begins another: a brace that is indented no deeper than the broken one.
   */
  private void passContinuation() throws IOException {
    start = position;
    while (afterFault && (position < end || fill())) {
      position++;
      line++;
      start = position;
      int deep = passAll(" \t");
      boolean closes = deep <= indent && passAll("}], \t") > 0;
      afterFault = isAt("{") ? deep > indent : deep > 0 || closes || isAt("\"");
      if (!afterFault) {
        indent = deep;
      }
      while (afterFault && (position < end || fill()) && buffer[position] != '\n') {
        position++;
        start = position;
      }
    }
    afterFault = false;
  }

  /** Passes over bytes that are among these; how many there were. */
  private int passAll(String among) throws IOException {
    int passed = 0;
    while (isAt(among)) {
      position++;
      start = position;
      passed++;
    }
    return passed;
  }

  private boolean isAt(String among) throws IOException {
    return (position < end || fill()) && among.indexOf(buffer[position]) >= 0;
  }

  private boolean finish(int to) throws BadRecordException {
    nesting.end();
    boolean wasTooLong = tooLong || head.length + to - start > maxRecordBytes;
    tooLong = false;
    if (wasTooLong) {
      start = position;
      throw new BadRecordException("is longer than %,d bytes".formatted(maxRecordBytes), false);
    }
    if (head.length == 0) {
      record = buffer;
      recordFrom = start;
      recordLength = to - start;
    } else {
      hand(to, NOTHING);
    }
    start = position;
    return true;
  }

  private boolean finishPart() {
    hand(position, TAIL);
    head = nesting.arrayHead();
    start = position;
    nesting.skipComma();
    return true;
  }

  /** The head, what has been gathered, and an end. */
  private void hand(int to, byte[] tail) {
    int length = head.length + to - start + tail.length;
    if (part.length < length) {
      part = new byte[length];
    }
    System.arraycopy(head, 0, part, 0, head.length);
    System.arraycopy(buffer, start, part, head.length, to - start);
    System.arraycopy(tail, 0, part, length - tail.length, tail.length);
    record = part;
    recordFrom = 0;
    recordLength = length;
  }

  /** Reads on; what is before the record goes. False at the end of the file. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (end - start > maxRecordBytes) {
      tooLong = true;
    }
    if (tooLong) {
      start = position;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      nesting.shift(start);
      lineStart = Math.max(0, lineStart - start);
      position -= start;
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      // One byte more than a record may have is enough to know that it is too long.
      long most = Math.min(Integer.MAX_VALUE - 8L, maxRecordBytes + 1L);
      buffer = Arrays.copyOf(buffer, (int) Math.min(most, 2L * end));
    }
    int read = in.read(buffer, end, buffer.length - end);
    ended = read < 0;
    end += Math.max(0, read);
    return !ended;
  }

  @Override
  public boolean isJson() {
    return true;
  }

  @Override
  public String place() {
    return "line " + recordLine;
  }

  @Override
  public byte[] bytes() {
    return record;
  }

  @Override
  public int offset() {
    return recordFrom;
  }

  @Override
  public int length() {
    return recordLength;
  }
}
