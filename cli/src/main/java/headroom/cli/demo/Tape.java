package headroom.cli.demo;

/** Keeps the telemetry of a stretch of the demo. */
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
