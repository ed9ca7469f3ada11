package headroom.cli.load;

import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.plan.draft.Draft;
import headroom.plan.draft.DraftOptions;
import headroom.plan.draft.Drafts;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drafts a plan. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Drafts a plan for `headroom test` from a HAR recording of a browser or an OpenAPI 3"
          + " document.",
      "Tokens and ids that come out of an answer and go into a later request are saved and put in;"
          + " static files are left out; secrets become environment variables."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom plan recording.har --out plan.yaml",
      "  headroom plan openapi.yaml --target http://127.0.0.1:8090 --reads-only | headroom test -"
    })
public final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "a .har file, or OpenAPI 3 as JSON or YAML")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "PLAN.yaml",
      description = "write it there, which must not exist yet (default: standard output)")
  private @Nullable Path out;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "where it is to run (default: where the file says)")
  private @Nullable String target;

  @Option(names = "--keep-secrets", description = "copy passwords and tokens into the plan")
  private boolean keepSecrets;

  @Option(names = "--reads-only", description = "leave out what changes something")
  private boolean readsOnly;

  public PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Draft draft = draft();
    draft.notes().forEach(note -> terminal.say("%s", note));
    if (out == null) {
      terminal.result(draft.yaml().stripTrailing());
      return ExitCode.OK;
    }
    try {
      Files.writeString(out, draft.yaml(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(out + " is there already", "Choose another name, or remove it first.");
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + out + ": " + e.getMessage(), "Choose another place with --out.");
    }
    terminal.say("plan: %s; run it with: headroom test %s", out, out);
    return ExitCode.OK;
  }

  private Draft draft() {
    try {
      return Drafts.of(
          String.valueOf(file.getFileName()),
          Files.readString(file),
          new DraftOptions(target, keepSecrets, readsOnly));
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + file, "Give the path of a recording or document.");
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), "Is it a text file?");
    } catch (IllegalArgumentException e) {
      throw new UserError(
          String.valueOf(e.getMessage()),
          "Record with a browser's network tools (\"Save all as HAR\"), or give an OpenAPI 3"
              + " document.");
    }
  }
}
