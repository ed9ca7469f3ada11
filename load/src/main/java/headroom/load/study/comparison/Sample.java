package headroom.load.study.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.rollup.ExponentialHistogram;
import headroom.rollup.HistogramCodec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A run as its {@code result.json} tells it: each step in batches of equal time.
 *
 * @param valid whether the run's figures say something about the target
 * @param retries of the steps whose requests are sent again when they fail, over the whole run
 */
public record Sample(
    boolean valid, String target, Map<String, List<Batch>> steps, Map<String, Attempts> retries) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public Sample {
    steps = Map.copyOf(steps);
    retries = Map.copyOf(retries);
  }

  /**
   * One step during a stretch of the run.
   *
   * @param response in seconds from the intended start; absent when nothing was answered
   */
  public record Batch(long count, long errors, @Nullable ExponentialHistogram response) {}

  /**
   * What was sent for the requests of a step.
   *
   * @param requests each counted once, however often it was sent
   * @param refusedByBudget requests that were given up because the budget for retries was spent
   */
  public record Attempts(long requests, long attempts, long refusedByBudget) {
    /** Of a step whose requests are sent once. */
    static final Attempts ONCE = new Attempts(1, 1, 0);

    /** Empty before the first request. */
    OptionalDouble perRequest() {
      return requests == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) attempts / requests);
    }

    /** The share of the requests that was given up for want of budget, 0..1. */
    OptionalDouble refusedShare() {
      return requests == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) refusedByBudget / requests);
    }
  }

  /**
   * @throws IllegalArgumentException when the text is no result of a test
   */
  public static Sample read(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a result.json: " + e.getOriginalMessage(), e);
    }
    JsonNode steps = root.path("batches").path("steps");
    if (!steps.isObject()) {
      throw new IllegalArgumentException("not a result.json of a test: it has no batches");
    }
    var read = new LinkedHashMap<String, List<Batch>>();
    for (Map.Entry<String, JsonNode> step : steps.properties()) {
      var batches = new ArrayList<Batch>();
      step.getValue().forEach(batch -> batches.add(batch(batch)));
      read.put(step.getKey(), List.copyOf(batches));
    }
    var retries = new LinkedHashMap<String, Attempts>();
    for (Map.Entry<String, JsonNode> step : root.path("steps").properties()) {
      JsonNode told = step.getValue().path("retries");
      if (told.isObject()) {
        retries.put(step.getKey(), attempts(told));
      }
    }
    return new Sample(root.path("valid").asBoolean(), root.path("target").asText(), read, retries);
  }

  private static Attempts attempts(JsonNode node) {
    return new Attempts(
        node.path("requests").asLong(),
        node.path("attempts").asLong(),
        node.path("refusedByBudget").asLong());
  }

  private static Batch batch(JsonNode node) {
    String encoded = node.path("response").asText();
    return new Batch(
        node.path("count").asLong(),
        node.path("errors").asLong(),
        encoded.isEmpty() ? null : HistogramCodec.decode(Base64.getDecoder().decode(encoded)));
  }
}
