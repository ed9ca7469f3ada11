package headroom.ingest.otlp;

/** Why a well-formed span or data point was not used. */
public enum DropReason {
  INVALID_ID("have no valid trace or span id", true),
  NO_TIME("have no time", true),
  ENDS_BEFORE_START("end before they start", true),
  IN_FUTURE("lie too far in the future", true),
  TOO_OLD("are too old", true),
  /** Not a number, infinite, or a histogram whose parts contradict each other. */
  UNUSABLE_VALUE("have no usable value", true),
  /** OTLP's marker for a series that ended: nothing is wrong with it. */
  NO_RECORDED_VALUE("say that nothing was recorded", false);

  private final String words;
  private final boolean rejection;

  DropReason(String words, boolean rejection) {
    this.words = words;
    this.rejection = rejection;
  }

  /** The reason as the end of a sentence: "3 spans …". */
  public String words() {
    return words;
  }

  /** Whether the sender should be told, as OTLP's partial success does. */
  public boolean isRejection() {
    return rejection;
  }
}
