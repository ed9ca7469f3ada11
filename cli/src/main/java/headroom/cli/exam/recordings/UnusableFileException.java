package headroom.cli.exam.recordings;

import java.nio.file.Path;

/** A file of a folder of recordings cannot be used; the message names it and says why. */
public final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableFileException(Path file, String why) {
    super(file + ": " + why);
  }
}
