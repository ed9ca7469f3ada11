package headroom.cli.prove;

import headroom.cli.terminal.UserError;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Whom a proof is going to break, and whether that was agreed to. */
final class Target {
  private final URI address;

  Target(URI address) {
    this.address = address;
  }

  private String host() {
    return String.valueOf(address.getHost());
  }

  /** Whether it is this machine, whatever its name. */
  boolean isLoopback() {
    try {
      for (InetAddress one : InetAddress.getAllByName(host())) {
        if (!one.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new UserError(
          "there is no host " + host(), "Is `target:` of the plan the address of the service?");
    }
  }

  /** Asks somebody. */
  interface Questioner {
    /** What was typed; null when nobody is there to type. */
    @Nullable String ask(String question);
  }

  /**
   * Returns when it may be broken. This machine may be once somebody says so; another only when its
   * host is named a second time, beside the plan.
   *
   * @param yes whether the question was answered beforehand
   * @param named the host as it was named a second time; null when it was not
   * @throws UserError when it may not be
   */
  void requireConsent(boolean yes, @Nullable String named, Questioner questioner) {
    if (isLoopback()) {
      if (yes || (named != null && isNamed(named))) {
        return;
      }
      String answer = questioner.ask("Go on? [y/N] ");
      if (answer == null) {
        throw new UserError(
            "nobody was asked whether %s may be loaded until it breaks".formatted(address),
            "Run it with --yes if it may.");
      }
      if (!answer.strip().equalsIgnoreCase("y") && !answer.strip().equalsIgnoreCase("yes")) {
        throw new UserError("nothing was loaded", "Run it again when the service may break.");
      }
      return;
    }
    if (named != null) {
      if (!isNamed(named)) {
        throw new UserError(
            "--target-is %s is not the plan's host %s".formatted(named, host()),
            "Name the host that the plan loads, if it is the one that may break.");
      }
      return;
    }
    String answer =
        questioner.ask(
            "%s is not this machine. Type its name again to load it until it breaks: "
                .formatted(host()));
    if (answer == null || !isNamed(answer.strip())) {
      throw new UserError(
          "%s is not this machine, and was not named a second time%s"
              .formatted(host(), yes ? "; --yes is not enough there" : ""),
          "Add --target-is %s if it may be loaded until it breaks.".formatted(host()));
    }
  }

  private boolean isNamed(String name) {
    return name.equalsIgnoreCase(host());
  }
}
