package headroom.sim;

import headroom.sim.Instruction.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps of an operation as a flat list; what calls and publications do are further programs.
 */
final class Program {
  final Instruction[] code;

  /** How many values a request of this program has to remember. */
  final int slots;

  private Program(List<Instruction> code, int slots) {
    this.code = code.toArray(Instruction[]::new);
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
    private final List<Instruction> code = new ArrayList<>();
    private int slots;
    private String holding = "";
    private String running = "";

    Compiler(VirtualSystem system, String operation, int before, List<Program> more) {
      this.system = system;
      this.operation = operation;
      this.before = before;
      this.more = more;
    }

    Program program(List<Step> steps) {
      add(steps);
      code.add(Instruction.of(Code.END));
      return new Program(code, slots);
    }

    private int further(List<Step> steps) {
      Program program = new Compiler(system, operation, before, more).program(steps);
      more.add(program);
      return before + more.size() - 1;
    }

    private void add(List<Step> steps) {
      steps.forEach(this::add);
    }

    private void add(Step step) {
      switch (step) {
        case Step.Work work ->
            code.add(
                Instruction.of(Code.WORK)
                    .at(index(work.processor()))
                    .lasting(work.seconds(), changes(work.processor())));
        case Step.Pause pause ->
            code.add(Instruction.of(Code.PAUSE).lasting(pause.seconds(), changes(holding)));
        case Step.Hold hold -> addHold(hold);
        case Step.Statement statement -> {
          int slot = slots++;
          code.add(Instruction.of(Code.BEGIN_STATEMENT).remembering(slot));
          String outer = running;
          running = statement.text();
          add(statement.steps());
          running = outer;
          code.add(Instruction.of(Code.END_STATEMENT).remembering(slot).with(0, statement.text()));
        }
        case Step.Repeat repeat -> {
          int slot = slots++;
          code.add(Instruction.of(Code.BEGIN_REPEAT).remembering(slot).repeating(repeat));
          int start = code.size();
          add(repeat.steps());
          code.add(Instruction.of(Code.END_REPEAT).remembering(slot).to(start));
        }
        case Step.Sometimes sometimes ->
            addJump(Instruction.of(Code.SKIP).with(sometimes.share(), ""), sometimes.steps());
        case Step.Lookup lookup ->
            addJump(Instruction.of(Code.LOOKUP).at(index(lookup.cache())), lookup.onMiss());
        case Step.Publish publish ->
            code.add(Instruction.of(Code.PUBLISH).to(further(publish.steps())));
        case Step.Call call -> {
          int slot = slots;
          slots += 2;
          code.add(
              Instruction.of(Code.CALL).remembering(slot).to(further(call.steps())).calling(call));
        }
      }
    }

    private void addHold(Step.Hold hold) {
      int station = index(hold.pool());
      int slot = slots;
      slots += 3;
      code.add(Instruction.of(Code.ACQUIRE).at(station).remembering(slot));
      String outer = holding;
      holding = hold.pool();
      add(hold.steps());
      holding = outer;
      code.add(Instruction.of(Code.RELEASE).at(station).remembering(slot));
    }

    private void addJump(Instruction jump, List<Step> steps) {
      int place = code.size();
      code.add(jump);
      add(steps);
      code.set(place, jump.to(code.size()));
    }

    private List<Change> changes(String station) {
      return system.changes().stream()
          .filter(change -> change.concerns(operation, station, running))
          .toList();
    }

    private int index(String name) {
      return system.stations().indexOf(system.station(name));
    }
  }
}
