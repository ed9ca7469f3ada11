package headroom.plan.draft;

/** The part of a draft that nobody but its reader can know: how much load, and what must hold. */
final class DraftTail {
  static final String TEXT =
      """
      profile:
        - steady: { rate: 1/s, for: 1m }      # journeys per second
      objectives: { p99: 1s, errors: 1% }
      """;

  private DraftTail() {}
}
