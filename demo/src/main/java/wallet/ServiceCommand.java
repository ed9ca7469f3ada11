package wallet;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the service until it is told to stop. */
@Command(
    name = "wallet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A custodial wallet: POST /login, GET /balance, POST /exchange, GET /history.")
final class ServiceCommand implements Callable<Integer> {
  @Mixin Knobs knobs = new Knobs();

  @SuppressWarnings("NullAway.Init") // Filled in by picocli.
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var problems = knobs.problems();
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
    var wallet = Wallet.start(knobs);
    return Lifetime.run(
        "wallet ready: http://127.0.0.1:" + wallet.port(), wallet, knobs.exitWithParent);
  }
}
