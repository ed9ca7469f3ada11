package headroom.ingest;

import java.io.IOException;

/** The records of one file, one after the other. */
sealed interface RecordSource permits JsonLines, LengthPrefixed {
  /** Goes to the next record; false at the end. */
  boolean next() throws IOException, BadRecordException;

  /** Where the record is, such as "line 17". */
  String place();

  /** Holds the record from 0 to {@link #length}; valid until the next one. */
  byte[] bytes();

  int length();
}
