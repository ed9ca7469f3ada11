package headroom.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while this is open: the first does what was asked for, the second ends the process at
 * once. Without it a JVM that is told to end runs its hooks and hears no second signal.
 *
 * <p>The JDK has no supported way to hear of signals; where its unsupported one is missing, {@link
 * Stop} alone decides.
 */
final class CtrlC implements AutoCloseable {
  private volatile Runnable first = CtrlC::leave;
  private final @Nullable Object before;

  CtrlC() {
    before = install(handler());
  }

  /** What the first one does from now on; until then it ends the process, as the second does. */
  void first(Runnable action) {
    first = action;
  }

  private void pressed() {
    Runnable action = first;
    first = CtrlC::leave;
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
                default -> "Ctrl-C of headroom";
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
  private static @Nullable Object install(@Nullable Object handler) {
    if (handler == null) {
      return null;
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
      return handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    } catch (ReflectiveOperationException e) {
      // A JVM started with -Xrs, or one without that class.
      return null;
    }
  }

  @Override
  public void close() {
    Object unused = install(before);
  }
}
