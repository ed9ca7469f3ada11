package headroom.cli.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** What libraries log: warnings, a line each, on standard error. */
public final class Logging {
  private static final String SETTINGS =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = WARNING
      headroom.level = INFO
      io.micrometer.level = SEVERE
      java.util.logging.ConsoleHandler.level = INFO
      java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
      java.util.logging.SimpleFormatter.format = %1$tFT%1$tT %4$s %5$s %6$s%n
      """;

  private Logging() {}

  /** Applies the settings; with HEADROOM_DEBUG set everything stays as the JDK has it. */
  public static void quiet() {
    if (System.getenv("HEADROOM_DEBUG") != null) {
      return;
    }
    try {
      LogManager.getLogManager()
          .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
