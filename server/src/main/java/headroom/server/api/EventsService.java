package headroom.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.model.Event;
import headroom.store.RollupStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** {@code /api/v1/events}: what happened, such as deploys; POST adds one, GET lists. */
final class EventsService implements HttpService {
  static final int LONGEST_BODY = 64 << 10;
  private static final Duration DEFAULT = Duration.ofDays(7);

  private final RollupStore store;
  private final InstantSource clock;
  private final JsonService list;

  EventsService(RollupStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.list = new JsonService(Set.of("from", "to", "kind"), this::list);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    if (request.method() != HttpMethod.POST) {
      return list.serve(context, request);
    }
    // A page of another origin can post forms and plain text unasked, but not JSON.
    MediaType type = request.contentType();
    if (type == null || !type.is(MediaType.JSON.withoutParameters())) {
      return ErrorJson.response(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "an event is sent as application/json",
          "Add the header Content-Type: application/json.");
    }
    if (request.headers().contentLength() > LONGEST_BODY) {
      return tooLarge();
    }
    context.setMaxRequestLength(LONGEST_BODY);
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(body -> record(request, body), context.blockingTaskExecutor())
            .exceptionally(failure ->
                failure.getCause() instanceof ContentTooLargeException
                    ? tooLarge()
                    : JsonService.failed(context, failure)));
  }

  private static HttpResponse tooLarge() {
    return ErrorJson.response(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        "an event may have at most " + LONGEST_BODY + " bytes",
        "Send less.");
  }

  private HttpResponse record(HttpRequest request, AggregatedHttpRequest body) {
    Event event = EventsJson.read(body.contentUtf8(), clock.instant());
    store.record(event);
    return JsonService.ok(request, HttpStatus.CREATED, EventsJson.write(event));
  }

  private JsonNode list(Query query) {
    Instant to = query.instant("to");
    Instant from = query.instant("from");
    String kind = query.text("kind");
    Instant end = to == null ? clock.instant().plus(DEFAULT) : to;
    Instant start = from == null ? clock.instant().minus(DEFAULT) : from;
    return EventsJson.write(store.events(start, end, kind == null ? "" : kind));
  }
}
