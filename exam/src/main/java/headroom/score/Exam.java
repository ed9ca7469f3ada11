package headroom.score;

import java.util.List;
import java.util.function.IntFunction;

/**
 * One part of the scoreboard: planted cases whose answers are known, and how far from them a
 * detector or predictor was.
 */
public interface Exam {
  /** What it is called where one asks for it alone, such as {@code dates}. */
  String name();

  /**
   * Takes the examination.
   *
   * @param seeds how many cases of each sort; an exam may take several cheap cases for one
   */
  Marks take(Seeds set, int seeds, Cases cases);

  /** All of them, in the order of the scoreboard. */
  static List<Exam> all() {
    return List.of(
        new WallExams(),
        new DateExams(),
        new DriftExams(),
        new CauseExams(),
        new MetastableExam(),
        new MemoryExam(),
        new WhatIfExam());
  }

  /** Who runs the cases, several at once, and says how far it is. */
  @FunctionalInterface
  interface Cases {
    /** The results of the cases 0..count-1, in order. */
    <T> List<T> each(String what, int count, IntFunction<T> run);
  }
}
