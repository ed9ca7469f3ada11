package headroom.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One document of the API: computed off the event loop, errors in the API's own words. */
final class JsonService implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(JsonService.class);
  private static final JsonMapper JSON = new JsonMapper();

  private static final int WORTH_PACKING = 4_096;

  private final Set<String> parameters;
  private final Document document;

  /** Answers a query; may block. */
  interface Document {
    JsonNode answer(Query query);
  }

  JsonService(Set<String> parameters, Document document) {
    this.parameters = parameters;
    this.document = document;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      return ErrorJson.response(
          HttpStatus.METHOD_NOT_ALLOWED,
          request.method() + " is not possible here",
          "Ask with GET.");
    }
    return HttpResponse.of(
        CompletableFuture.supplyAsync(
                () -> document.answer(Query.of(context, parameters)),
                context.blockingTaskExecutor())
            .handle((answer, failure) ->
                failure == null ? ok(request, HttpStatus.OK, answer) : failed(context, failure)));
  }

  static HttpResponse ok(HttpRequest request, HttpStatus status, JsonNode answer) {
    try {
      byte[] body = JSON.writeValueAsBytes(answer);
      ResponseHeadersBuilder headers =
          ResponseHeaders.builder(status)
              .contentType(MediaType.JSON_UTF_8)
              .add(HttpHeaderNames.CACHE_CONTROL, "no-store");
      if (body.length < WORTH_PACKING || !Gzip.isAccepted(request)) {
        return HttpResponse.of(headers.build(), HttpData.wrap(body));
      }
      headers.add(HttpHeaderNames.CONTENT_ENCODING, "gzip");
      return HttpResponse.of(headers.build(), HttpData.wrap(Gzip.pack(body)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static HttpResponse failed(ServiceRequestContext context, Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : thrown;
    if (failure instanceof ApiException refused) {
      return ErrorJson.response(
          refused.status(), String.valueOf(refused.getMessage()), refused.next());
    }
    LOG.error("{} could not be answered", context.path(), failure);
    return ErrorJson.response(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "the server failed on this request",
        "Its log says why; the same request may work again later.");
  }
}
