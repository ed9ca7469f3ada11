package headroom.load.report;

import headroom.load.study.StudyResult;
import headroom.load.study.duplicate.DuplicateVerdict;
import java.util.ArrayList;
import java.util.List;

/** Each study of a test as a section of its report. */
final class StudySections {
  private StudySections() {}

  static List<Section> of(List<StudyResult> studies) {
    return studies.stream().map(StudySections::of).toList();
  }

  private static Section of(StudyResult study) {
    return switch (study) {
      case StudyResult.Capacity capacity -> CapacitySection.of(capacity);
      case StudyResult.FlowInterference interference -> InterferenceSection.of(interference);
      case StudyResult.Metastability metastability -> metastability(metastability);
      case StudyResult.Duplicates duplicates -> duplicates(duplicates);
      case StudyResult.Growth growth -> GrowthSection.of(growth);
    };
  }

  private static Section metastability(StudyResult.Metastability found) {
    return new Section(
        "metastability",
        found.hasPassed(),
        Summary.describe(found.recovery()),
        found.heldDownBy().stream().map(cause -> "held down by: " + cause).toList(),
        List.of(),
        List.of());
  }

  private static Section duplicates(StudyResult.Duplicates found) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("write sent again", "takes effect", "seen"));
    for (DuplicateVerdict verdict : found.verdicts()) {
      String effect =
          switch (verdict.effect()) {
            case ONCE -> "once";
            case AGAIN -> "AGAIN";
            case NOT_PROBED -> "not probed";
          };
      rows.add(List.of(verdict.step(), effect, verdict.because()));
    }
    List<String> again =
        found.verdicts().stream()
            .filter(verdict -> verdict.effect() == DuplicateVerdict.Effect.AGAIN)
            .map(DuplicateVerdict::step)
            .toList();
    String verdict =
        !again.isEmpty()
            ? "sent again with the same key, %s takes effect again"
                .formatted(String.join(", ", again))
            : found.hasPassed()
                ? "every write that was sent again took effect once"
                : "not every write could be probed";
    return new Section(
        "duplicates",
        found.hasPassed(),
        verdict,
        List.of(),
        List.of(new Section.Grid("Writes sent again", rows)),
        List.of());
  }
}
