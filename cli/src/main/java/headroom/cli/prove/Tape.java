package headroom.cli.prove;

/** Keeps the telemetry of a stretch of time. */
public interface Tape {
  /** From now on. */
  void begin();

  /** Until now. */
  void end();

  /** One that keeps nothing. */
  Tape NONE =
      new Tape() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
      };
}
