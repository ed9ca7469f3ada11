import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;

/**
 * A small shop as many are: Tomcat, a pool of connections, statements one after the other. Quotes are asked of a worker through a
 * queue and waited for.
 *
 * <p>Settings are environment variables; {@code HTTP_PORT} makes it the front, {@code CONSUMERS} the worker.
 */
public class Shop {
  private static final String QUEUE = "quotes";

  public static void main(String[] arguments) throws Exception {
    var store = new Store(pool());
    int consumers = number("CONSUMERS", 0);
    if (consumers > 0) {
      work(store, consumers);
    }
    int port = number("HTTP_PORT", 0);
    if (port > 0) {
      serve(store, port);
    }
    new java.util.concurrent.CountDownLatch(1).await();
  }

  private static HikariDataSource pool() {
    var config = new HikariConfig();
    config.setPoolName("shop");
    config.setJdbcUrl(System.getenv("JDBC_URL"));
    config.setUsername("field");
    config.setPassword("field");
    config.setMaximumPoolSize(number("POOL", 10));
    config.setConnectionTimeout(20_000);
    return new HikariDataSource(config);
  }

  private static void serve(Store store, int port) throws Exception {
    var tomcat = new Tomcat();
    tomcat.setBaseDir(System.getenv("WORK"));
    var connector = new org.apache.catalina.connector.Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", "" + number("THREADS", 200));
    connector.setProperty("minSpareThreads", "" + Math.min(10, number("THREADS", 200)));
    connector.setProperty("maxKeepAliveRequests", "-1");
    tomcat.setConnector(connector);
    var context = tomcat.addContext("", null);
    Quotes quotes = System.getenv("AMQP_PORT") == null ? null : new Quotes(broker());
    map(context, "page", "/page", (request, id) -> store.page(id));
    map(context, "buy", "/buy", (request, id) -> store.buy(id, Integer.parseInt(request.getParameter("product"))));
    map(context, "quote", "/quote", (request, id) -> quotes.ask(id));
    map(context, "ping", "/ping", (request, id) -> "pong");
    tomcat.start();
  }

  private interface Answer {
    String to(HttpServletRequest request, int id) throws Exception;
  }

  private static void map(org.apache.catalina.Context context, String name, String path, Answer answer) {
    Tomcat.addServlet(
        context,
        name,
        new HttpServlet() {
          @Override
          public void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String id = request.getParameter("id");
            try {
              response.getWriter().println(answer.to(request, id == null ? 0 : Integer.parseInt(id)));
            } catch (IOException e) {
              throw e;
            } catch (Exception e) {
              response.sendError(503, e.getMessage());
            }
          }
        });
    context.addServletMappingDecoded(path, name);
  }

  private static Connection broker() throws Exception {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(number("AMQP_PORT", 5672));
    return factory.newConnection();
  }

  /** Consumers, each on a channel of its own with one message at a time. */
  private static void work(Store store, int consumers) throws Exception {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(number("AMQP_PORT", 5672));
    factory.setSharedExecutor(java.util.concurrent.Executors.newFixedThreadPool(consumers));
    Connection broker = factory.newConnection();
    for (int i = 0; i < consumers; i++) {
      var channel = broker.createChannel();
      channel.queueDeclare(QUEUE, false, false, false, null);
      channel.basicQos(1);
      channel.basicConsume(
          QUEUE,
          false,
          (tag, message) -> {
            try {
              String quote = store.quote(Integer.parseInt(new String(message.getBody(), StandardCharsets.UTF_8)));
              channel.basicPublish(
                  "",
                  message.getProperties().getReplyTo(),
                  new AMQP.BasicProperties.Builder().correlationId(message.getProperties().getCorrelationId()).build(),
                  quote.getBytes(StandardCharsets.UTF_8));
              channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
            } catch (SQLException e) {
              throw new UncheckedIOException(new IOException(e));
            }
          },
          tag -> {});
    }
  }

  /** Asks through the queue and waits for the answer. */
  private static final class Quotes {
    private final com.rabbitmq.client.Channel channel;
    private final String answers;
    private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();

    Quotes(Connection broker) throws IOException {
      channel = broker.createChannel();
      channel.queueDeclare(QUEUE, false, false, false, null);
      answers = channel.queueDeclare().getQueue();
      channel.basicConsume(
          answers,
          true,
          (tag, message) -> {
            var waiting = open.remove(message.getProperties().getCorrelationId());
            if (waiting != null) {
              waiting.complete(new String(message.getBody(), StandardCharsets.UTF_8));
            }
          },
          tag -> {});
    }

    String ask(int id) throws Exception {
      String question = UUID.randomUUID().toString();
      var answer = new CompletableFuture<String>();
      open.put(question, answer);
      synchronized (channel) {
        channel.basicPublish(
            "",
            QUEUE,
            new AMQP.BasicProperties.Builder().correlationId(question).replyTo(answers).build(),
            Integer.toString(id).getBytes(StandardCharsets.UTF_8));
      }
      return answer.get(20, TimeUnit.SECONDS);
    }
  }

  static int number(String name, int otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
  }
}
