package headroom.load.engine;

import headroom.plan.Journey;
import headroom.plan.Plan;
import headroom.plan.Retry;
import headroom.plan.Step;
import headroom.plan.ValueSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Turns the steps of one journey into instructions. */
final class JourneyCompiler {
  private final Plan plan;
  private final Names names;
  private final RequestCompiler requests;
  private final StreamCompiler streams;
  private final List<Instruction> code = new ArrayList<>();
  private final TreeSet<String> used = new TreeSet<>();
  private int loops;

  /** Indexes that all journeys of a plan share. */
  static final class Names {
    final Map<String, Integer> slots = new LinkedHashMap<>();
    final Map<String, Integer> steps = new LinkedHashMap<>();
    final Map<String, Integer> groups = new LinkedHashMap<>();
    final Map<Long, Integer> timeouts = new LinkedHashMap<>();

    /** Policies of sending again; steps of the same share a budget. */
    final Map<Retry, Integer> retries = new LinkedHashMap<>();

    int slot(String name) {
      return slots.computeIfAbsent(name, n -> slots.size());
    }
  }

  JourneyCompiler(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
    this.requests = new RequestCompiler(plan, names, this::slot);
    this.streams = new StreamCompiler(plan, requests, this::slot);
  }

  CompiledJourney compile(Journey journey, int index) {
    all(journey.steps());
    var drawn = new ArrayList<CompiledJourney.Drawn>();
    for (String name : used) {
      ValueSource source = plan.variables().get(name);
      ValueSource generated = source == null ? Plan.GENERATED.get(name) : source;
      if (generated != null) {
        drawn.add(new CompiledJourney.Drawn(names.slot(name), generated));
      }
    }
    return new CompiledJourney(index, journey.name(), code, loops, drawn);
  }

  private int slot(String name) {
    used.add(name);
    return names.slot(name);
  }

  private void all(List<Step> steps) {
    steps.forEach(this::one);
  }

  private void one(Step step) {
    switch (step) {
      case Step.Think think -> code.add(new Instruction.Think(think.time()));
      case Step.Request request -> code.add(new Instruction.Send(requests.compile(request)));
      case Step.Statement statement -> code.add(new Instruction.Send(statement(statement)));
      case Step.Events events -> code.add(new Instruction.Send(streams.compile(events)));
      case Step.Socket socket -> code.add(new Instruction.Send(streams.compile(socket)));
      case Step.Choice choice -> choose(choice);
      case Step.When when -> branch(when);
      case Step.Repeat repeat -> loop(repeat);
      case Step.Group group -> {
        int index = names.groups.computeIfAbsent(group.name(), n -> names.groups.size());
        code.add(new Instruction.BeginGroup(index));
        all(group.steps());
        code.add(new Instruction.EndGroup(index));
      }
      case Step.HandOver over -> code.add(new Instruction.HandOver(journey(over.journey())));
    }
  }

  private CompiledStatement statement(Step.Statement step) {
    return new CompiledStatement(
        requests.step(step.name()),
        step.text().text(),
        step.text().variables().stream().map(this::slot).toList(),
        step.saves().stream().map(Step.ColumnSave::column).toList(),
        step.saves().stream().map(save -> slot(save.variable())).toList(),
        step.rows(),
        step.timeout().orElse(plan.timeout()),
        requests.timeout(step.timeout()));
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
    code.set(test, new Instruction.JumpUnless(slot(when.variable()), when.value(), code.size()));
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
