package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A journey from what a browser has recorded: HAR 1.2. */
final class HarDraft {
  /** Shorter pauses are the browser's own, not the user's. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  private final String name;
  private final DraftOptions options;
  private final Secrets secrets;
  private final Map<String, Integer> dropped = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  HarDraft(String name, DraftOptions options) {
    this.name = name;
    this.options = options;
    this.secrets = new Secrets(options.keepSecrets());
  }

  Draft of(JsonNode log) {
    List<Recorded> all = new ArrayList<>();
    for (JsonNode entry : log.path("entries")) {
      Recorded.of(entry).ifPresentOrElse(all::add, () -> drop("entries without address or time"));
    }
    all.sort(Comparator.comparing(Recorded::started));
    String origin = origin(all);
    List<Recorded> kept = all.stream().filter(exchange -> isKept(exchange, origin)).toList();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no request that a load test could make; left out: %s".formatted(name, dropped));
    }
    var correlation = new CarriedValues(kept);
    var steps = new PlanText();
    steps(steps, kept, all, correlation, titles(log));
    notes(kept, correlation);
    return new Draft(plan(origin, steps), notes);
  }

  /** Where most of the requests go that are no images and the like. */
  private static String origin(List<Recorded> all) {
    return all.stream()
        .filter(exchange -> !exchange.isStatic() && exchange.uri().getScheme().startsWith("http"))
        .collect(Collectors.groupingBy(Recorded::origin, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private boolean isKept(Recorded exchange, String origin) {
    if (!exchange.uri().getScheme().startsWith("http")) {
      return drop("requests that are not HTTP");
    }
    if (exchange.isStatic()) {
      return drop("images, scripts, styles and other static files");
    }
    if (!exchange.origin().equals(origin)) {
      return drop("requests to other hosts");
    }
    if (exchange.status() == 0) {
      return drop("requests without an answer");
    }
    if (!Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").contains(exchange.method())) {
      return drop(exchange.method() + " requests");
    }
    return !options.readsOnly() || !exchange.isWrite() || drop("requests that change something");
  }

  private boolean drop(String why) {
    dropped.merge(why, 1, Integer::sum);
    return false;
  }

  private static Map<String, String> titles(JsonNode log) {
    var titles = new LinkedHashMap<String, String>();
    for (JsonNode page : log.path("pages")) {
      String title = page.path("title").asText().replaceAll("[?#].*", "").strip();
      titles.put(page.path("id").asText(), title.isEmpty() ? page.path("id").asText() : title);
    }
    return titles;
  }

  private void steps(
      PlanText text,
      List<Recorded> kept,
      List<Recorded> all,
      CarriedValues correlation,
      Map<String, String> titles) {
    boolean grouped = kept.stream().map(Recorded::page).distinct().count() > 1;
    String page = "";
    text.in();
    text.in();
    for (int step = 0; step < kept.size(); step++) {
      Recorded exchange = kept.get(step);
      boolean opens = grouped && (step == 0 || !exchange.page().equals(page));
      if (opens && step > 0) {
        text.out();
        text.out();
      }
      Duration pause = Duration.between(lastEnd(all, exchange), exchange.started());
      if (step > 0 && pause.compareTo(SHORTEST_PAUSE) >= 0) {
        text.line("- think: " + duration(pause));
      }
      if (opens) {
        page = exchange.page();
        String title = titles.getOrDefault(page, page);
        text.line("- group: " + PlanText.block(title.isEmpty() ? "no page" : title));
        text.line("  steps:");
        text.in();
        text.in();
      }
      new HarStep(text, correlation, secrets, step).write(exchange);
    }
  }

  /**
   * When all that had begun before was there, images too: only then did the user begin to think.
   */
  private static Instant lastEnd(List<Recorded> all, Recorded exchange) {
    Instant last = Instant.MIN;
    for (Recorded other : all) {
      if (other.started().isBefore(exchange.started()) && other.ended().isAfter(last)) {
        last = other.ended();
      }
    }
    return last.equals(Instant.MIN) ? exchange.started() : last;
  }

  /** Two digits are enough: nobody pauses to the millisecond. */
  static String duration(Duration pause) {
    double seconds = pause.toMillis() / 1e3;
    return seconds < 10 ? String.format(Locale.ROOT, "%.1fs", seconds) : Math.round(seconds) + "s";
  }

  private void notes(List<Recorded> kept, CarriedValues correlation) {
    dropped.forEach((why, count) -> notes.add("Left out: %d %s.".formatted(count, why)));
    if (correlation.size() > 0) {
      notes.add(
          "%d values of answers go into later requests: see 'save'.".formatted(correlation.size()));
    }
    if (!secrets.isEmpty()) {
      notes.add(
          "Secrets were not copied. Set these environment variables before the run: "
              + String.join(", ", secrets.names())
              + ".");
    } else if (options.keepSecrets()) {
      notes.add("Passwords and tokens of the recording are in this file.");
    }
    Set<String> foreign = foreignCookies(kept);
    if (!foreign.isEmpty()) {
      notes.add(
          "The recording sends cookies that it never received (%s): record the sign-in too, or add a"
                  .formatted(String.join(", ", foreign))
              + " cookie header.");
    }
    notes.add(
        "A browser makes some of these requests at the same time; here they follow each other.");
  }

  /** Names of cookies from before the recording. */
  private static Set<String> foreignCookies(List<Recorded> kept) {
    var foreign = new TreeSet<String>();
    var received = new TreeSet<String>();
    for (Recorded exchange : kept) {
      for (Recorded.Field header : exchange.headers()) {
        if (header.name().equalsIgnoreCase("cookie")) {
          for (String cookie : header.value().split("; ?")) {
            int equals = cookie.indexOf('=');
            String cookieName = equals < 0 ? cookie : cookie.substring(0, equals);
            if (!cookieName.isBlank() && !received.contains(cookieName)) {
              foreign.add(cookieName);
            }
          }
        }
      }
      for (Recorded.Field header : exchange.responseHeaders()) {
        if (header.name().equalsIgnoreCase("set-cookie")) {
          for (String line : header.value().split("\n")) {
            received.add(line.replaceAll("=.*", "").strip());
          }
        }
      }
    }
    return foreign;
  }

  private String plan(String origin, PlanText steps) {
    var text = new PlanText();
    text.comment("Drafted from %s: read it, then set the load.".formatted(name));
    notes.forEach(text::comment);
    String target = options.target();
    text.line("target: " + (target == null ? origin : target));
    text.line("journeys:");
    text.line("  recorded:");
    return text + steps.toString() + DraftTail.TEXT;
  }
}
