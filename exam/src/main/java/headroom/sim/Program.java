package headroom.sim;

import headroom.sim.ProgramLine.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps of an operation as a flat list; what calls and publications do are further programs.
 */
final class Program {
  final ProgramLine[] code;

  /** How many values a request of this program has to remember. */
  final int slots;

  private Program(List<ProgramLine> code, int slots) {
    this.code = code.toArray(ProgramLine[]::new);
    this.slots = slots;
  }

  /** One program for each operation and then each job, in their order, then what they start. */
  static List<Program> of(VirtualSystem system) {
    int count = system.operations().size();
    Program[] programs = new Program[count + system.jobs().size()];
    List<Program> more = new ArrayList<>();
    for (int i = 0; i < programs.length; i++) {
      var compiler = new Compiler(system, system.workName(i), programs.length, more);
      programs[i] =
          compiler.program(
              i < count
                  ? system.operations().get(i).steps()
                  : system.jobs().get(i - count).steps());
    }
    List<Program> all = new ArrayList<>(Arrays.asList(programs));
    all.addAll(more);
    return all;
  }

  private static final class Compiler {
    private final VirtualSystem system;
    private final String operation;
    private final int before;
    private final List<Program> more;
    private final List<ProgramLine> code = new ArrayList<>();
    private int slots;
    private String holding = "";
    private String running = "";

    Compiler(VirtualSystem system, String operation, int before, List<Program> more) {
      this.system = system;
      this.operation = operation;
      this.before = before;
      this.more = more;
    }

    Program program(List<Activity> steps) {
      add(steps);
      code.add(ProgramLine.of(Code.END));
      return new Program(code, slots);
    }

    private int further(List<Activity> steps) {
      Program program = new Compiler(system, operation, before, more).program(steps);
      more.add(program);
      return before + more.size() - 1;
    }

    private void add(List<Activity> steps) {
      steps.forEach(this::add);
    }

    private void add(Activity step) {
      switch (step) {
        case Activity.Work work ->
            code.add(
                ProgramLine.of(Code.WORK)
                    .at(index(work.processor()))
                    .lasting(work.seconds(), changes(work.processor())));
        case Activity.Pause pause ->
            code.add(ProgramLine.of(Code.PAUSE).lasting(pause.seconds(), changes(holding)));
        case Activity.Hold hold -> addHold(hold);
        case Activity.Statement statement -> {
          int slot = slots++;
          code.add(ProgramLine.of(Code.BEGIN_STATEMENT).remembering(slot));
          String outer = running;
          running = statement.text();
          add(statement.steps());
          running = outer;
          code.add(ProgramLine.of(Code.END_STATEMENT).remembering(slot).with(0, statement.text()));
        }
        case Activity.Repeat repeat -> {
          int slot = slots++;
          code.add(ProgramLine.of(Code.BEGIN_REPEAT).remembering(slot).repeating(repeat));
          int start = code.size();
          add(repeat.steps());
          code.add(ProgramLine.of(Code.END_REPEAT).remembering(slot).to(start));
        }
        case Activity.Sometimes sometimes ->
            addJump(ProgramLine.of(Code.SKIP).with(sometimes.share(), ""), sometimes.steps());
        case Activity.Lookup lookup ->
            addJump(ProgramLine.of(Code.LOOKUP).at(index(lookup.cache())), lookup.onMiss());
        case Activity.Publish publish ->
            code.add(ProgramLine.of(Code.PUBLISH).to(further(publish.steps())));
        case Activity.Call call -> {
          int slot = slots;
          slots += 2;
          code.add(
              ProgramLine.of(Code.CALL).remembering(slot).to(further(call.steps())).calling(call));
        }
      }
    }

    private void addHold(Activity.Hold hold) {
      int station = index(hold.pool());
      int slot = slots;
      slots += 3;
      code.add(ProgramLine.of(Code.ACQUIRE).at(station).remembering(slot));
      String outer = holding;
      holding = hold.pool();
      add(hold.steps());
      holding = outer;
      code.add(ProgramLine.of(Code.RELEASE).at(station).remembering(slot));
    }

    private void addJump(ProgramLine jump, List<Activity> steps) {
      int place = code.size();
      code.add(jump);
      add(steps);
      code.set(place, jump.to(code.size()));
    }

    private List<WorkChange> changes(String station) {
      return system.changes().stream()
          .filter(change -> change.concerns(operation, station, running))
          .toList();
    }

    private int index(String name) {
      return system.stations().indexOf(system.station(name));
    }
  }
}
