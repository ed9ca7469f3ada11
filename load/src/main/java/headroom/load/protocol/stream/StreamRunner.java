package headroom.load.protocol.stream;

import headroom.load.network.EngineLoop;
import headroom.load.protocol.Action;
import headroom.load.protocol.Actor;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.JsonValue;
import headroom.load.protocol.Runner;
import headroom.load.protocol.Transmission;
import headroom.load.result.ConnectionStats;
import headroom.load.result.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of one event loop's users. */
final class StreamRunner implements Runner {
  private final StreamClient client;
  private final EngineLoop loop;

  /** Those whose connection is being opened. */
  private final Set<Run> connecting = new HashSet<>();

  private boolean closed;

  StreamRunner(StreamClient client, EngineLoop loop) {
    this.client = client;
    this.loop = loop;
  }

  /** Opens a stream; false when too many are open. */
  @Override
  public boolean begin(Actor user, Action action) {
    CompiledStream stream = (CompiledStream) action;
    var run = new Run(user, stream);
    connecting.add(run);
    boolean taken =
        stream.isSocket()
            ? client.socket(stream.ask(user.values()), run)
            : client.events(stream.ask(user.values()), run);
    if (!taken) {
      connecting.remove(run);
    }
    return taken;
  }

  @Override
  public void close(ConnectionStats into) {
    closed = true;
    client.close();
    for (Run run : connecting) {
      run.user.failed(ErrorKind.UNFINISHED, "waited for a connection");
    }
    connecting.clear();
    into.addTraffic(client.traffic().sentBytes(), client.traffic().receivedBytes());
  }

  /** One user on one stream. */
  private final class Run implements StreamListener, Transmission {
    private final Actor user;
    private final CompiledStream what;
    private @Nullable Stream stream;
    private boolean done;

    /** The line of the talk that is waited for. */
    private int line;

    /** How many messages of that line have come, or events in all. */
    private int heard;

    private boolean any;
    private long firstNanos;

    /** When the last message came or went. */
    private long lastNanos;

    Run(Actor user, CompiledStream what) {
      this.user = user;
      this.what = what;
    }

    @Override
    public void asking(Stream open) {
      connecting.remove(this);
      stream = open;
      user.sent(this, loop.nowNanos());
      if (what.lastsNanos().isPresent()) {
        loop.after(what.lastsNanos().getAsLong(), this::enough);
      }
    }

    @Override
    public void opened() {
      if (what.isSocket()) {
        lastNanos = loop.nowNanos();
        talk();
      }
    }

    /** Sends what is to be sent next, up to the next thing to wait for. */
    private void talk() {
      while (!done && line < what.talk().size()) {
        if (!(what.talk().get(line) instanceof CompiledStream.Send send)) {
          return;
        }
        line++;
        lastNanos = loop.nowNanos();
        if (stream != null) {
          stream.send(send.text().text(user.values()));
        }
      }
      if (!done) {
        finish(null, "");
      }
    }

    @Override
    public void message(String text) {
      long now = loop.nowNanos();
      if (any) {
        user.gap((now - lastNanos) * 1e-9);
      } else {
        any = true;
        firstNanos = now;
      }
      lastNanos = now;
      if (!what.isSocket()) {
        heard++;
        if (what.events().isPresent() && heard >= what.events().getAsInt()) {
          finish(null, "");
        }
      } else if (line < what.talk().size()
          && what.talk().get(line) instanceof CompiledStream.Receive receive) {
        receive(receive, text);
      }
    }

    private void receive(CompiledStream.Receive receive, String text) {
      if (receive.contains().isPresent() && !text.contains(receive.contains().get())) {
        return;
      }
      if (++heard < receive.count()) {
        return;
      }
      heard = 0;
      line++;
      for (CompiledStream.Save save : receive.saves()) {
        String value = JsonValue.find(text.getBytes(StandardCharsets.UTF_8), save.path());
        if (value == null) {
          finish(ErrorKind.SAVE, save.path().toString());
          return;
        }
        user.values()[save.slot()] = value;
      }
      talk();
    }

    /** The time is over. */
    private void enough() {
      if (!done) {
        finish(any ? null : ErrorKind.CHECK, any ? "" : "no event came");
      }
    }

    @Override
    public void ended() {
      if (!done) {
        finish(ErrorKind.CLOSED, any ? "before the end of the step" : "before the first message");
      }
    }

    @Override
    public void failed(ErrorKind kind, String detail) {
      if (done) {
        return;
      }
      if (kind.wasSent()) {
        finish(kind, detail);
      } else {
        done = true;
        connecting.remove(this);
        user.failed(kind, detail);
        user.proceed();
      }
    }

    /** What is measured is the time to the first message, whenever the end comes. */
    private void finish(@Nullable ErrorKind kind, String detail) {
      if (closed) {
        return;
      }
      abandon();
      user.ended(
          any ? firstNanos : loop.nowNanos(), kind == null ? null : new Complaint(kind, detail));
      user.proceed();
    }

    @Override
    public void abandon() {
      done = true;
      if (stream != null) {
        stream.close();
      }
    }
  }
}
