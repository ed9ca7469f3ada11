package headroom.cli.process;

import headroom.cli.terminal.ExitCode;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM while this is open: the first does what was asked for, the second ends the
 * process at once. Without it a JVM that is told to end runs its hooks and hears no second signal.
 *
 * <p>The JDK has no supported way to hear of signals. Where its unsupported one is missing, and for
 * a signal that came before this was open, {@link Stop} hears of the end of the process and passes
 * it on.
 */
public final class EndSignals implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private volatile Runnable first = EndSignals::leave;
  private final Map<String, Object> before = new HashMap<>();

  public EndSignals() {
    Object handler = handler();
    if (handler != null) {
      for (String signal : SIGNALS) {
        Object until = install(signal, handler);
        if (until != null) {
          before.put(signal, until);
        }
      }
    }
    Stop.instead(this::pressed);
  }

  /** What the first one does from now on; until then it ends the process, as the second does. */
  public void first(Runnable action) {
    first = action;
  }

  private void pressed() {
    Runnable action = first;
    first = EndSignals::leave;
    action.run();
  }

  private static void leave() {
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  private @Nullable Object handler() {
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      return Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (self, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  pressed();
                  yield null;
                }
                case "equals" -> arguments != null && isSame(self, arguments[0]);
                case "hashCode" -> System.identityHashCode(self);
                default -> "end signals of headroom";
              });
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @SuppressWarnings("ReferenceEquality") // what equality means for a proxy without state
  private static boolean isSame(Object self, @Nullable Object other) {
    return self == other;
  }

  /** The handler until now, null when it could not be replaced. */
  private static @Nullable Object install(String name, Object handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
      return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (ReflectiveOperationException e) {
      // A JVM started with -Xrs, or one without that class.
      return null;
    }
  }

  @Override
  public void close() {
    Stop.instead(null);
    before.forEach((signal, handler) -> {
      Object unused = install(signal, handler);
    });
  }
}
