package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.TargetUnusableException;
import headroom.load.result.LoadResult;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Tls;
import headroom.plan.Wire;
import headroom.plan.build.PlanBuilder;
import headroom.plan.read.PlanParser;
import headroom.plan.yaml.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ConnectionPolicyTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  private record Arrived(String path, String address, int port) {}

  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();

  private TestServer server() {
    return new TestServer()
        .on(
            "/",
            exchange -> {
              arrived.add(
                  new Arrived(
                      exchange.getRequestURI().getPath(),
                      exchange.getRemoteAddress().getAddress().getHostAddress(),
                      exchange.getRemoteAddress().getPort()));
              TestServer.reply(exchange, 200, "{}");
            });
  }

  private Set<Integer> ports(String user) {
    return arrived.stream()
        .filter(a -> a.path().endsWith("/" + user))
        .map(Arrived::port)
        .collect(Collectors.toSet());
  }

  @Test
  void everyUserMayHaveAConnectionOfItsOwn() throws Exception {
    try (var server = server()) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(Wire.DEFAULT.withConnectionPerUser())
              .journey("look", 1, j -> j.get("/a/${user}").get("/b/${user}").get("/c/${user}"))
              .open(new Steady(40, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().sent()).isEqualTo(60);
      assertThat(result.stats().connections().opened()).isEqualTo(20);
      var all = ConcurrentHashMap.<Integer>newKeySet();
      for (int user = 1; user <= 20; user++) {
        assertThat(ports(Integer.toString(user))).hasSize(1);
        all.addAll(ports(Integer.toString(user)));
      }
      assertThat(all).hasSize(20);
    }
  }

  @Test
  void closedUsersKeepTheirConnections() throws Exception {
    try (var server = server()) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(Wire.DEFAULT.withConnectionPerUser())
              .journey("look", 1, j -> j.get("/a/${user}").think(Duration.ofMillis(10)))
              .closed(3, Duration.ofSeconds(3))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().connections().opened()).isEqualTo(3);
      assertThat(arrived.size()).as("requests over them").isGreaterThan(3);
      assertThat(ports("1")).hasSize(1);
    }
  }

  @Test
  void usersBeyondTheCapWaitForOneToLeave() throws Exception {
    try (var server = server()) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(Wire.DEFAULT.withConnectionPerUser())
              .connections(2)
              .journey(
                  "look",
                  1,
                  j -> j.get("/a/${user}").think(Duration.ofMillis(20)).get("/b/${user}"))
              .open(new Steady(400, 0.05))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().sent()).isEqualTo(40);
      // Twenty users in pairs of 20 ms each: the last has waited for nine pairs, less 50 ms.
      assertThat(result.stats().steps().getFirst().queued().max()).isGreaterThan(0.1);
    }
  }

  @Test
  void connectionsComeFromSeveralAddresses() throws Exception {
    try (var server = server()) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(
                  Wire.DEFAULT
                      .withConnectionPerUser()
                      .withSources(List.of("127.0.0.2", "127.0.0.3")))
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(40, 0.5))
              .build();
      assertThat(run(plan).stats().errors()).isZero();
      assertThat(arrived.stream().filter(a -> a.address().equals("127.0.0.2"))).hasSize(10);
      assertThat(arrived.stream().filter(a -> a.address().equals("127.0.0.3"))).hasSize(10);
    }
  }

  @Test
  void anAddressThatIsNotOursIsToldBeforeTheRun() {
    try (var server = server()) {
      Plan plan = look(server.url(), Wire.DEFAULT.withSources(List.of("192.0.2.7"))).build();
      assertThatThrownBy(() -> run(plan))
          .isInstanceOf(TargetUnusableException.class)
          .hasMessageContaining("no connection can be made from [/192.0.2.7]");
    }
  }

  @Test
  void namesMayBeLookedUpForEveryConnection() throws Exception {
    try (var server = server()) {
      String url = server.url().replace("127.0.0.1", "localhost");
      Wire wire = Wire.DEFAULT.withLookUpEach().withConnectionPerUser();
      LoadResult result = run(look(url, wire).build());
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().connections().opened()).isEqualTo(20);
    }
  }

  @Test
  void bytesAreCountedBothWays() throws Exception {
    try (var server =
        new SocketServer((in, out) -> {
          while (SocketServer.readHead(in)) {
            out.write(SocketServer.ascii("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
          }
        })) {
      LoadResult result = run(look(server.url(), Wire.DEFAULT).build());
      String request = "GET / HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n\r\n".formatted(server.port());
      assertThat(result.stats().connections().sentBytes()).isEqualTo(20L * request.length());
      assertThat(result.stats().connections().receivedBytes()).isEqualTo(20L * 40);
    }
  }

  @Test
  void plainRequestsGoThroughAProxyWithTheirWholeAddress() throws Exception {
    var lines = new CopyOnWriteArrayList<String>();
    try (var proxy =
        new SocketServer((in, out) -> {
          var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isEmpty()) {
              out.write(SocketServer.ascii("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
            } else {
              lines.add(line);
            }
          }
        })) {
      // Nobody but the proxy has to know the target's name.
      Plan plan =
          look(
                  "http://target.invalid:81/base",
                  Wire.DEFAULT.withProxy(URI.create("http://me:secret@127.0.0.1:" + proxy.port())))
              .build();
      assertThat(run(plan).stats().errors()).isZero();
      assertThat(lines)
          .contains(
              "GET http://target.invalid:81/base/ HTTP/1.1",
              "host: target.invalid:81",
              "proxy-authorization: Basic bWU6c2VjcmV0");
    }
  }

  @Test
  void tlsGoesThroughATunnel(@TempDir Path folder) throws Exception {
    var certificates = new Certificates(folder).sign("good", "dns:localhost");
    var asked = new CopyOnWriteArrayList<String>();
    try (var target = secure(certificates);
        var proxy = tunnel(asked)) {
      int port = target.getLocalPort();
      Wire through = Wire.DEFAULT.withProxy(URI.create("http://127.0.0.1:" + proxy.port()));
      Tls trusting =
          new Tls(
              false,
              Optional.of(certificates.chain("authority")),
              Optional.empty(),
              Optional.empty());
      LoadResult result = run(look("https://localhost:" + port, through).tls(trusting).build());
      assertThat(result.stats().errors()).isZero();
      assertThat(asked).contains("CONNECT localhost:" + port + " HTTP/1.1");
    }
  }

  @Test
  void aProxyThatRefusesIsToldBeforeTheRun() {
    try (var proxy =
        new SocketServer((in, out) -> {
          if (SocketServer.readHead(in)) {
            out.write(SocketServer.ascii("HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n"));
          }
        })) {
      Wire through = Wire.DEFAULT.withProxy(URI.create("http://127.0.0.1:" + proxy.port()));
      Plan plan = look("https://target.invalid", through).build();
      assertThatThrownBy(() -> run(plan))
          .isInstanceOf(TargetUnusableException.class)
          .hasMessageContaining("proxy")
          .hasMessageContaining("403");
    }
  }

  private static javax.net.ssl.SSLServerSocket secure(Certificates certificates)
      throws IOException {
    var server =
        (javax.net.ssl.SSLServerSocket)
            certificates
                .server("good")
                .getServerSocketFactory()
                .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket socket = server.accept();
              Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
              return;
            }
          }
        });
    return server;
  }

  private static void answer(Socket socket) {
    try (socket) {
      while (SocketServer.readHead(socket.getInputStream())) {
        socket
            .getOutputStream()
            .write(SocketServer.ascii("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
      }
    } catch (IOException closed) {
      return;
    }
  }

  /** A proxy that does what CONNECT asks of it. */
  private static SocketServer tunnel(List<String> asked) {
    return new SocketServer((in, out) -> {
      var head = new ArrayList<Byte>();
      while (head.size() < 4 || !endsHead(head)) {
        int b = in.read();
        if (b < 0) {
          return;
        }
        head.add((byte) b);
      }
      byte[] bytes = new byte[head.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = head.get(i);
      }
      String line = new String(bytes, StandardCharsets.US_ASCII).split("\r\n")[0];
      asked.add(line);
      int port = Integer.parseInt(line.replaceAll(".*:(\\d+) .*", "$1"));
      try (var there = new Socket(InetAddress.getLoopbackAddress(), port)) {
        out.write(SocketServer.ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
        Thread back = Thread.ofVirtual().start(() -> pump(there, out));
        pump(in, there.getOutputStream());
        there.shutdownOutput();
        back.interrupt();
      }
    });
  }

  private static boolean endsHead(List<Byte> head) {
    int n = head.size();
    return head.get(n - 4) == '\r'
        && head.get(n - 3) == '\n'
        && head.get(n - 2) == '\r'
        && head.get(n - 1) == '\n';
  }

  private static void pump(Socket from, OutputStream to) {
    try {
      pump(from.getInputStream(), to);
    } catch (IOException closed) {
      return;
    }
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    from.transferTo(to);
  }

  @Test
  void plansSayAllThis() {
    Plan plan =
        PlanParser.parse(
            """
            target: http://127.0.0.1:1
            http: 1.1
            connections: per-user
            dns: each
            proxy: http://127.0.0.1:3128
            sources: [127.0.0.2..127.0.0.4, 127.0.1.1]
            redirects: follow
            journeys: { look: [ get: / ] }
            profile: [ steady: { rate: 1/s, for: 1s } ]
            """);
    assertThat(plan.connections()).isEmpty();
    assertThat(plan.wire())
        .isEqualTo(
            new Wire(
                Wire.Http.ONE,
                true,
                true,
                true,
                Optional.of(URI.create("http://127.0.0.1:3128")),
                List.of("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.1.1"),
                Optional.empty(),
                Optional.empty()));
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                target: http://127.0.0.1:1
                http: 3
                conections: 5
                connections: all
                dns: never
                proxy: socks://h
                sources: [127.0.0.300]
                redirects: sometimes
                journeys: { look: [ get: / ] }
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("http must be 1.1 or 2")
        .hasMessageContaining("did you mean 'connections'")
        .hasMessageContaining("connections must be per-user or a whole number")
        .hasMessageContaining("dns must be each or once")
        .hasMessageContaining("proxy must look like")
        .hasMessageContaining("sources must be addresses")
        .hasMessageContaining("redirects must be follow or fail");
  }

  private static PlanBuilder look(String target, Wire wire) {
    return PlanBuilder.to(target)
        .wire(wire)
        .journey("look", 1, j -> j.get("/"))
        .open(new Steady(40, 0.5));
  }

  private static LoadResult run(Plan plan) throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, OPTIONS, LoadListener.none())) {
      return run.await();
    }
  }
}
