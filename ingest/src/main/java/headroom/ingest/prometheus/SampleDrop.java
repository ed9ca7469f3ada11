package headroom.ingest.prometheus;

/** Why a sample is in no table. */
public enum SampleDrop {
  BAD_LINE("stand in lines that cannot be read", true),
  BAD_LABELS("have unusable labels", true),
  IN_FUTURE("lie too far in the future", true),
  TOO_OLD("are too old", true),
  /** Most of what Prometheus has is of no use here: nothing is wrong with it. */
  UNKNOWN_NAME("are of metrics that are not read", false),
  NOT_A_NUMBER("are not numbers", false),
  /** The marker of a series that ended. */
  STALE("say that their series ended", false),
  QUANTILE("are quantiles of summaries, which cannot be added up", false),
  UNUSABLE_HISTOGRAM("are histograms that cannot be used", false),
  INCOMPLETE("belong to histograms of which parts are missing", false),
  OUT_OF_ORDER("came after later ones", false),
  OTHER_REPLICA("repeat what another replica of Prometheus sent", false),
  RULED_OUT("are left out by the rules for labels", false),
  OVER_LIMIT("are of too many series", false);

  private final String words;
  private final boolean rejection;

  SampleDrop(String words, boolean rejection) {
    this.words = words;
    this.rejection = rejection;
  }

  /** The reason as the end of a sentence: "3 samples …". */
  public String words() {
    return words;
  }

  /** Whether the sender did something wrong and is to be told. */
  public boolean isRejection() {
    return rejection;
  }
}
