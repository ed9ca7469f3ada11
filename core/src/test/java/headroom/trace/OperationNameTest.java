package headroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationNameTest {
  @Test
  void namesServersByMethodAndRoute() {
    Span span = span(SpanKind.SERVER, "GET /x");
    span.set(SpanAttribute.HTTP_METHOD, "GET");
    span.set(SpanAttribute.HTTP_ROUTE, "/orders/{order}");
    span.set(SpanAttribute.URL_PATH, "/orders/7");
    assertThat(OperationName.of(span)).isEqualTo("GET /orders/{order}");
  }

  @Test
  void replacesIdentifiersInAPathWithoutARoute() {
    Span span = span(SpanKind.SERVER, "GET");
    span.set(SpanAttribute.HTTP_METHOD, "GET");
    span.set(SpanAttribute.URL_PATH, "/v2/orders/7?token=secret");
    assertThat(OperationName.of(span)).isEqualTo("GET /v2/orders/{id}");
    span.set(SpanAttribute.HTTP_STATUS, "404");
    assertThat(OperationName.of(span)).isEqualTo("GET (not found)");
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "'', /",
    "/api/v1/users, /api/v1/users",
    "/users/123e4567-e89b-12d3-a456-426614174000/x, /users/{id}/x",
    "/o/ORD-20391, /o/{id}",
    "/h/deadbeefdeadbeef, /h/{id}",
    "/mail/a%40b.c/me@x.y, /mail/{id}/{id}",
    "/a/b/, /a/b/",
    "/1/2/3/a/b/c/d/e/f, /{id}/{id}/{id}/a/b/c/d/e/…",
    "relative/7#top, /relative/{id}",
  })
  void templates(String path, String expected) {
    assertThat(OperationName.template(path)).isEqualTo(expected);
  }

  @Test
  void namesRemoteProcedures() {
    Span span = span(SpanKind.SERVER, "x");
    span.set(SpanAttribute.RPC_METHOD, "Add");
    span.set(SpanAttribute.RPC_SERVICE, "shop.Cart");
    assertThat(OperationName.of(span)).isEqualTo("shop.Cart/Add");
    span.set(SpanAttribute.RPC_METHOD, "shop.Cart/Add");
    assertThat(OperationName.of(span)).isEqualTo("shop.Cart/Add");
  }

  @Test
  void namesMessagesByWhatIsDoneWhere() {
    Span span = span(SpanKind.CONSUMER, "x");
    span.set(SpanAttribute.MESSAGING_DESTINATION, "orders");
    assertThat(OperationName.of(span)).isEqualTo("process orders");
    span.set(SpanAttribute.MESSAGING_OPERATION, "receive");
    assertThat(OperationName.of(span)).isEqualTo("receive orders");
  }

  @Test
  void namesDatabaseCallsBySummaryThenOperationAndTable() {
    Span span = span(SpanKind.CLIENT, "SELECT bank.account");
    span.set(SpanAttribute.DB_SYSTEM, "postgresql");
    assertThat(OperationName.of(span)).isEqualTo("SELECT bank.account");
    span.set(SpanAttribute.DB_OPERATION, "SELECT");
    span.set(SpanAttribute.DB_COLLECTION, "account");
    assertThat(OperationName.of(span)).isEqualTo("SELECT account");
    span.set(SpanAttribute.DB_QUERY_SUMMARY, "SELECT account ledger");
    assertThat(OperationName.of(span)).isEqualTo("SELECT account ledger");
  }

  @Test
  void fallsBackToTheSpansNameAndBoundsIt() {
    assertThat(OperationName.of(span(SpanKind.INTERNAL, "nightly"))).isEqualTo("nightly");
    assertThat(OperationName.of(span(SpanKind.INTERNAL, ""))).isEqualTo("(unnamed)");
    assertThat(OperationName.of(span(SpanKind.INTERNAL, "x".repeat(999)))).hasSize(200);
  }

  private static Span span(SpanKind kind, String name) {
    Span span = new Span();
    span.kind = kind;
    span.name = name;
    return span;
  }
}
