package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.exam.simulate.Recording;
import headroom.cli.exam.simulate.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** A scenario of the test resources that was recorded and imported, to be asked by commands. */
final class Simulated {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final String data;

  private Simulated(String name, String data) {
    this.name = name;
    this.data = data;
  }

  /** Records as {@code simulate} does, but without the search for the truth, and imports. */
  static Simulated of(String name, Path folder) {
    Path file = folder.resolve(name + ".pb");
    try {
      Recording.write(ScenarioReader.parse(text(name)), file, 1, share -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var simulated = new Simulated(name, folder.resolve(name).toString());
    Run run = Run.of("import", file.toString(), "--data", simulated.data);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("; 0 records could not be read, 0 values were dropped");
    return simulated;
  }

  private static String text(String name) throws IOException {
    try (InputStream in = Simulated.class.getResourceAsStream("scenarios/" + name + ".yaml")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The command's document for machines. */
  JsonNode ask(String... command) {
    try {
      return JSON.readTree(run(command, "--json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command's answer for people. */
  String words(String... command) {
    return run(command);
  }

  private String run(String[] command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", data));
    arguments.addAll(List.of(more));
    Run run = Run.of(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  List<JsonNode> findings() {
    return list(ask("findings").path("findings"));
  }

  /** The one finding of a kind. */
  JsonNode finding(String kind) {
    List<JsonNode> found = findings().stream().filter(one -> is(one, kind)).toList();
    assertThat(found).as(name + " " + kind + " in " + words("findings")).hasSize(1);
    return found.getFirst();
  }

  static boolean is(JsonNode finding, String kind) {
    return finding.path("kind").asText().equals(kind);
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
