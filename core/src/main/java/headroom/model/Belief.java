package headroom.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A number that an analysis brings along rather than reads from the history: what is taken for
 * usual before anything is seen, from where on something counts, how wrong a model is.
 *
 * <p>The pages in {@code docs/math} list them by the name of their constant, and a test holds the
 * lists and the code together.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Belief {
  /** What it says, as a phrase. */
  String value();

  /** Of the number, such as {@code s}; {@code share} for 0..1, empty for plain factors. */
  String unit();

  /** Where the number comes from. */
  Origin from() default Origin.JUDGEMENT;

  /** The examination that set it, as its command or its cases; empty where none did. */
  String exam() default "";

  /** Where a number comes from. */
  enum Origin {
    /** Chosen by judgement: no examination set it, and nothing else tells. */
    JUDGEMENT("chosen by judgement"),
    /** Set on simulated systems that are kept for tuning. */
    TUNING("tuning scenarios"),
    /** Set on measured runs of the demo. */
    DEMO("runs of the demo"),
    /** Follows from the mathematics. */
    DERIVED("derived");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    /** As the pages say it. */
    public String words() {
      return words;
    }
  }
}
