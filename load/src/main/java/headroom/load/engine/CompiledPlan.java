package headroom.load.engine;

import headroom.load.journey.Journey;
import headroom.load.journey.Plan;
import headroom.load.journey.Step;
import headroom.load.journey.Template;
import headroom.load.journey.ValueSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A plan ready to run: names resolved to indexes, fixed bytes written beforehand. */
final class CompiledPlan {
  private final Plan plan;
  private final List<CompiledJourney> journeys = new ArrayList<>();
  private final Map<String, Integer> steps = new LinkedHashMap<>();
  private final Map<Long, Integer> timeouts = new LinkedHashMap<>();
  private final double[] cumulativeShares;

  CompiledPlan(Plan plan) {
    this.plan = plan;
    for (Journey journey : plan.journeys()) {
      journeys.add(new JourneyCompiler(journey).compile(journeys.size()));
    }
    cumulativeShares = new double[journeys.size()];
    double sum = 0;
    for (int i = 0; i < cumulativeShares.length; i++) {
      sum += plan.journeys().get(i).share();
      cumulativeShares[i] = sum;
    }
  }

  /** The journey on which a draw from 0..1 falls. */
  CompiledJourney journeyAt(double draw) {
    double at = draw * cumulativeShares[cumulativeShares.length - 1];
    for (int i = 0; i < cumulativeShares.length - 1; i++) {
      if (at < cumulativeShares[i]) {
        return journeys.get(i);
      }
    }
    return journeys.getLast();
  }

  int journeyCount() {
    return journeys.size();
  }

  List<String> stepNames() {
    return List.copyOf(steps.keySet());
  }

  /** The different timeouts in nanoseconds. */
  long[] timeoutNanos() {
    return timeouts.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** Compiles one journey, whose variables get slots of their own. */
  private final class JourneyCompiler {
    private final Journey journey;
    private final Map<String, Integer> slots = new LinkedHashMap<>();

    JourneyCompiler(Journey journey) {
      this.journey = journey;
    }

    CompiledJourney compile(int index) {
      var code = new ArrayList<Instruction>();
      for (Step step : journey.steps()) {
        code.add(
            switch (step) {
              case Step.Think think -> new Instruction.Think(think.time());
              case Step.Request request -> new Instruction.Send(compile(request));
            });
      }
      var drawn = new ArrayList<CompiledJourney.Drawn>();
      slots.forEach((name, slot) -> {
        ValueSource source = plan.variables().get(name);
        ValueSource generated = source == null ? Plan.GENERATED.get(name) : source;
        if (generated != null) {
          drawn.add(new CompiledJourney.Drawn(slot, generated));
        }
      });
      return new CompiledJourney(index, journey.name(), code, slots.size(), drawn);
    }

    private int slot(String name) {
      return slots.computeIfAbsent(name, n -> slots.size());
    }

    private CompiledRequest compile(Step.Request request) {
      ToIntFunction<String> slotOf = this::slot;
      CompiledTemplate head = CompiledTemplate.of(head(request), slotOf);
      CompiledTemplate body =
          request.body().map(b -> CompiledTemplate.of(b.content(), slotOf)).orElse(null);
      var wanted = new ArrayList<String>();
      var saves = new ArrayList<CompiledSave>();
      boolean wantsBody = request.expect().bodyContains() != null;
      for (Step.Save save : request.saves()) {
        int slot = slot(save.variable());
        switch (save.source()) {
          case Step.Source.Json json -> saves.add(new CompiledSave.Json(slot, json.path()));
          case Step.Source.Regex regex -> saves.add(new CompiledSave.Regex(slot, regex.pattern()));
          case Step.Source.HeaderValue header -> {
            saves.add(new CompiledSave.HeaderValue(slot, header.name(), wanted.size()));
            wanted.add(header.name().toLowerCase(Locale.ROOT));
          }
        }
        wantsBody |= !(save.source() instanceof Step.Source.HeaderValue);
      }
      long timeout = request.timeout().orElse(plan.timeout()).toNanos();
      return new CompiledRequest(
          steps.computeIfAbsent(request.name(), n -> steps.size()),
          request.method(),
          head,
          body,
          fixed(head, body),
          request.expect(),
          saves,
          wantsBody,
          wanted,
          timeouts.computeIfAbsent(timeout, t -> timeouts.size()));
    }

    private Template head(Step.Request request) {
      String prefix = plan.target().getRawPath();
      String base = prefix == null || prefix.equals("/") ? "" : prefix.replaceAll("/+$", "");
      Template head =
          Template.literal(request.method() + " " + base)
              .plus(request.target())
              .plus(Template.literal(" HTTP/1.1\r\nhost: " + plan.target().getRawAuthority()))
              .plus(Template.literal("\r\n"));
      for (Step.Header header : plan.headers()) {
        head = head.plus(line(header));
      }
      for (Step.Header header : request.headers()) {
        head = head.plus(line(header));
      }
      boolean typed =
          request.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase("content-type"));
      if (request.body().isPresent() && !typed) {
        String type = request.body().get().contentType();
        head = head.plus(Template.literal("content-type: " + type + "\r\n"));
      }
      return head;
    }

    private static Template line(Step.Header header) {
      return Template.literal(header.name() + ": ")
          .plus(header.value())
          .plus(Template.literal("\r\n"));
    }
  }

  /** The whole request, where no variable is in it. */
  private static @Nullable CompiledTemplate fixed(
      CompiledTemplate head, @Nullable CompiledTemplate body) {
    if (!head.isStatic() || (body != null && !body.isStatic())) {
      return null;
    }
    ByteBuf out = Unpooled.buffer();
    CompiledRequest.write(out, head, body, new String[0]);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return CompiledTemplate.of(bytes);
  }
}
