package headroom.load.engine;

import headroom.load.protocol.Names;
import headroom.plan.Journey;
import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.ValueSource;
import java.util.ArrayList;
import java.util.List;

/** Turns the steps of one journey into instructions. */
final class JourneyCompiler {
  private final Plan plan;
  private final Protocols protocols;
  private final Names names;
  private final List<Instruction> code = new ArrayList<>();
  private int loops;

  /**
   * @param names of the journey
   */
  JourneyCompiler(Plan plan, Protocols protocols, Names names) {
    this.plan = plan;
    this.protocols = protocols;
    this.names = names;
  }

  CompiledJourney compile(Journey journey, int index) {
    all(journey.steps());
    var drawn = new ArrayList<CompiledJourney.Drawn>();
    for (String name : names.used()) {
      ValueSource source = plan.variables().get(name);
      ValueSource generated = source == null ? Plan.GENERATED.get(name) : source;
      if (generated != null) {
        drawn.add(new CompiledJourney.Drawn(names.slot(name), generated));
      }
    }
    return new CompiledJourney(index, journey.name(), code, loops, drawn);
  }

  private void all(List<Step> steps) {
    steps.forEach(this::one);
  }

  private void one(Step step) {
    switch (step) {
      case Step.Think think -> code.add(new Instruction.Think(think.time()));
      case Step.Measured measured -> code.add(protocols.compile(measured, names));
      case Step.Choice choice -> choose(choice);
      case Step.When when -> branch(when);
      case Step.Repeat repeat -> loop(repeat);
      case Step.Group group -> {
        int index = names.group(group.name());
        code.add(new Instruction.BeginGroup(index));
        all(group.steps());
        code.add(new Instruction.EndGroup(index));
      }
      case Step.HandOver over -> code.add(new Instruction.HandOver(journey(over.journey())));
    }
  }

  private int journey(String name) {
    for (int i = 0; i < plan.journeys().size(); i++) {
      if (plan.journeys().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no journey '" + name + "'");
  }

  private void choose(Step.Choice choice) {
    int at = reserve();
    var cumulative = new ArrayList<Double>();
    var targets = new ArrayList<Integer>();
    var ends = new ArrayList<Integer>();
    double sum = 0;
    for (Step.Option option : choice.options()) {
      sum += option.share();
      cumulative.add(sum);
      targets.add(code.size());
      all(option.steps());
      ends.add(reserve());
    }
    code.set(at, new Instruction.Choose(cumulative, targets));
    ends.forEach(end -> code.set(end, new Instruction.Jump(code.size())));
  }

  private void branch(Step.When when) {
    int test = reserve();
    all(when.then());
    int skip = reserve();
    code.set(
        test, new Instruction.JumpUnless(names.slot(when.variable()), when.value(), code.size()));
    all(when.otherwise());
    code.set(skip, new Instruction.Jump(code.size()));
  }

  private void loop(Step.Repeat repeat) {
    int counter = loops++;
    int begin = reserve();
    all(repeat.steps());
    code.add(new Instruction.EndLoop(counter, begin + 1));
    code.set(begin, new Instruction.BeginLoop(counter, repeat.min(), repeat.max(), code.size()));
  }

  /** Keeps a place for a jump whose target is not known yet. */
  private int reserve() {
    code.add(new Instruction.Jump(0));
    return code.size() - 1;
  }
}
