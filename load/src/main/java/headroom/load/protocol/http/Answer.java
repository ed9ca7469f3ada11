package headroom.load.protocol.http;

import headroom.load.network.KeptBody;
import org.jspecify.annotations.Nullable;

/** A complete answer, valid only while it is handed over. */
public interface Answer {
  int status();

  /** The length of the body. */
  long bodyBytes();

  /** The body as far as it was kept: all of it up to a mebibyte when it was wanted. */
  KeptBody body();

  /**
   * The value of the wanted header of that index, absent when it was not sent; when it was sent
   * several times, the values are on lines of their own.
   */
  @Nullable String header(int index);

  /** Where a redirect leads, as it was sent; absent when it was not, or this is no redirect. */
  @Nullable String location();
}
