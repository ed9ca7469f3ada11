package headroom.ingest;

import java.io.IOException;

/** The records of one file, one after the other. */
sealed interface RecordSource permits JsonDocuments, LengthPrefixed {
  /** Goes to the next record; false at the end. */
  boolean next() throws IOException, BadRecordException;

  /** Where the record is, such as "line 17". */
  String place();

  /** Whether records are JSON, and nothing else. */
  boolean isJson();

  /** Holds the record from {@link #offset} on; valid until the next one. */
  byte[] bytes();

  int offset();

  int length();
}
