package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The map of the house: which package may use which. A new package fails here until it is given its
 * place.
 */
final class ArchitectureTest {
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          // core: the model and the mathematics
          entry("headroom.model"),
          entry("headroom.stats"),
          entry("headroom.queueing"),
          entry("headroom.rollup", "headroom.model"),
          entry("headroom.store", "headroom.model", "headroom.rollup"),
          entry("headroom.requests", "headroom.model", "headroom.rollup", "headroom.store"),
          entry("headroom.trace", "headroom.model", "headroom.rollup"),
          entry("headroom.telemetry", "headroom.model", "headroom.rollup", "headroom.trace"),
          entry("headroom.wall.belief", "headroom.model"),
          entry(
              "headroom.wall.evidence",
              "headroom.model",
              "headroom.queueing",
              "headroom.rollup",
              "headroom.stats",
              "headroom.store",
              "headroom.wall.belief"),
          entry(
              "headroom.wall.model",
              "headroom.model",
              "headroom.queueing",
              "headroom.wall.belief",
              "headroom.wall.evidence"),
          entry(
              "headroom.wall",
              "headroom.model",
              "headroom.queueing",
              "headroom.rollup",
              "headroom.stats",
              "headroom.store",
              "headroom.wall.belief",
              "headroom.wall.evidence",
              "headroom.wall.model"),
          entry(
              "headroom.metastability",
              "headroom.model",
              "headroom.rollup",
              "headroom.stats",
              "headroom.store",
              "headroom.wall"),
          entry(
              "headroom.forecast",
              "headroom.rollup",
              "headroom.stats",
              "headroom.store",
              "headroom.wall"),
          entry(
              "headroom.ledger",
              "headroom.model",
              "headroom.rollup",
              "headroom.store",
              "headroom.wall"),
          // the examiner, who does not know the examinee, and the examination
          entry("headroom.sim", "headroom.model", "headroom.rollup", "headroom.store"),
          entry("headroom.sim.weeks", "headroom.model", "headroom.rollup", "headroom.store"),
          entry(
              "headroom.score",
              "headroom.detect",
              "headroom.drift",
              "headroom.forecast",
              "headroom.metastability",
              "headroom.model",
              "headroom.rollup",
              "headroom.sim",
              "headroom.sim.weeks",
              "headroom.stats",
              "headroom.store",
              "headroom.wall"),
          entry(
              "headroom.drift",
              "headroom.model",
              "headroom.rollup",
              "headroom.stats",
              "headroom.store"),
          entry(
              "headroom.detect",
              "headroom.drift",
              "headroom.metastability",
              "headroom.model",
              "headroom.requests",
              "headroom.rollup",
              "headroom.stats",
              "headroom.store",
              "headroom.wall"),
          // what all faces show; nothing in core may use it
          entry(
              "headroom.analysis",
              "headroom.detect",
              "headroom.drift",
              "headroom.forecast",
              "headroom.ledger",
              "headroom.model",
              "headroom.requests",
              "headroom.rollup",
              "headroom.store",
              "headroom.wall"),
          // wire formats
          entry("headroom.ingest", "headroom.ingest.otlp", "headroom.model"),
          entry("headroom.ingest.otlp", "headroom.model"),
          entry("headroom.ingest.protobuf"),
          // from bytes to tables, and from tables to the store: shared by transports and files
          entry(
              "headroom.ingest.pipeline",
              "headroom.ingest",
              "headroom.ingest.otlp",
              "headroom.model",
              "headroom.rollup",
              "headroom.store",
              "headroom.telemetry"),
          // files
          entry("headroom.duckdb", "headroom.model", "headroom.rollup", "headroom.store"),
          // load: from the schedule to the report
          entry("headroom.plan"),
          entry("headroom.plan.yaml", "headroom.model"),
          entry("headroom.plan.quantity"),
          entry("headroom.plan.build", "headroom.plan", "headroom.plan.yaml"),
          entry(
              "headroom.plan.read",
              "headroom.model",
              "headroom.plan",
              "headroom.plan.build",
              "headroom.plan.quantity",
              "headroom.plan.yaml"),
          entry("headroom.plan.draft"),
          entry("headroom.load.arrival", "headroom.plan"),
          entry("headroom.load.study.comparison", "headroom.rollup"),
          entry(
              "headroom.load.result", "headroom.load.arrival", "headroom.plan", "headroom.rollup"),
          entry("headroom.load.network", "headroom.load.result", "headroom.plan"),
          entry(
              "headroom.load.protocol",
              "headroom.load.network",
              "headroom.load.result",
              "headroom.plan"),
          entry(
              "headroom.load.protocol.http",
              "headroom.load.network",
              "headroom.load.protocol",
              "headroom.load.result",
              "headroom.plan"),
          entry(
              "headroom.load.protocol.stream",
              "headroom.load.network",
              "headroom.load.protocol",
              "headroom.load.result",
              "headroom.plan"),
          entry(
              "headroom.load.protocol.sql",
              "headroom.load.network",
              "headroom.load.protocol",
              "headroom.load.result",
              "headroom.plan"),
          entry(
              "headroom.load.protocol.tcp",
              "headroom.load.network",
              "headroom.load.protocol",
              "headroom.load.result",
              "headroom.plan"),
          entry("headroom.load.fault", "headroom.load.network", "headroom.plan"),
          entry(
              "headroom.load.engine",
              "headroom.load.arrival",
              "headroom.load.fault",
              "headroom.load.network",
              "headroom.load.protocol",
              "headroom.load.protocol.http",
              "headroom.load.protocol.sql",
              "headroom.load.protocol.stream",
              "headroom.load.protocol.tcp",
              "headroom.load.result",
              "headroom.plan",
              "headroom.plan.build",
              "headroom.rollup"),
          entry(
              "headroom.load.study.capacity",
              "headroom.load.arrival",
              "headroom.load.engine",
              "headroom.load.network",
              "headroom.load.result",
              "headroom.plan",
              "headroom.rollup"),
          entry(
              "headroom.load.study.interference",
              "headroom.load.arrival",
              "headroom.load.engine",
              "headroom.load.network",
              "headroom.load.result",
              "headroom.plan",
              "headroom.rollup"),
          entry(
              "headroom.load.study.duplicate",
              "headroom.load.network",
              "headroom.load.protocol.http",
              "headroom.plan"),
          entry(
              "headroom.load.study.growth",
              "headroom.load.arrival",
              "headroom.load.engine",
              "headroom.load.network",
              "headroom.load.protocol.http",
              "headroom.load.protocol.sql",
              "headroom.load.result",
              "headroom.plan",
              "headroom.rollup",
              "headroom.stats"),
          entry(
              "headroom.load.study",
              "headroom.load.arrival",
              "headroom.load.engine",
              "headroom.load.network",
              "headroom.load.result",
              "headroom.load.study.capacity",
              "headroom.load.study.duplicate",
              "headroom.load.study.growth",
              "headroom.load.study.interference",
              "headroom.plan",
              "headroom.rollup"),
          entry(
              "headroom.load.report",
              "headroom.load.arrival",
              "headroom.load.result",
              "headroom.load.study",
              "headroom.load.study.capacity",
              "headroom.load.study.duplicate",
              "headroom.load.study.growth",
              "headroom.load.study.interference",
              "headroom.model",
              "headroom.plan",
              "headroom.plan.quantity",
              "headroom.rollup"),
          // faces
          entry(
              "headroom.server.otlp",
              "headroom.ingest.otlp",
              "headroom.ingest.pipeline",
              "headroom.ingest.protobuf"),
          entry(
              "headroom.server.api",
              "headroom.analysis",
              "headroom.detect",
              "headroom.forecast",
              "headroom.ingest.otlp",
              "headroom.ingest.pipeline",
              "headroom.ledger",
              "headroom.model",
              "headroom.requests",
              "headroom.rollup",
              "headroom.store",
              "headroom.wall"),
          entry(
              "headroom.server",
              "headroom.analysis",
              "headroom.ingest.pipeline",
              "headroom.server.api",
              "headroom.server.otlp",
              "headroom.store"),
          // the command line: what every command needs
          entry("headroom.cli.terminal"),
          entry("headroom.cli.process", "headroom.cli.terminal"),
          entry("headroom.cli.data", "headroom.cli.terminal", "headroom.duckdb", "headroom.model"),
          // the families of commands, each of which wires its parts together
          entry(
              "headroom.cli.answer",
              "headroom.analysis",
              "headroom.cli.data",
              "headroom.cli.terminal",
              "headroom.duckdb",
              "headroom.forecast",
              "headroom.server.api",
              "headroom.wall"),
          entry(
              "headroom.cli.serve",
              "headroom.analysis",
              "headroom.cli.data",
              "headroom.cli.process",
              "headroom.cli.terminal",
              "headroom.duckdb",
              "headroom.forecast",
              "headroom.ingest",
              "headroom.ingest.otlp",
              "headroom.ingest.pipeline",
              "headroom.plan.quantity",
              "headroom.plan.yaml",
              "headroom.server",
              "headroom.server.api",
              "headroom.store",
              "headroom.wall"),
          entry(
              "headroom.cli.load",
              "headroom.analysis",
              "headroom.cli.data",
              "headroom.cli.process",
              "headroom.cli.terminal",
              "headroom.duckdb",
              "headroom.load.arrival",
              "headroom.load.engine",
              "headroom.load.network",
              "headroom.load.report",
              "headroom.load.result",
              "headroom.load.study",
              "headroom.load.study.capacity",
              "headroom.load.study.comparison",
              "headroom.load.study.interference",
              "headroom.model",
              "headroom.plan",
              "headroom.plan.draft",
              "headroom.plan.read",
              "headroom.plan.yaml",
              "headroom.rollup",
              "headroom.store"),
          entry(
              "headroom.cli.prove",
              "headroom.analysis",
              "headroom.cli.data",
              "headroom.cli.load",
              "headroom.cli.terminal",
              "headroom.duckdb",
              "headroom.ingest.otlp",
              "headroom.ingest.pipeline",
              "headroom.ledger",
              "headroom.load.engine",
              "headroom.load.network",
              "headroom.load.result",
              "headroom.model",
              "headroom.plan",
              "headroom.plan.quantity",
              "headroom.rollup",
              "headroom.server",
              "headroom.server.api",
              "headroom.store",
              "headroom.wall"),
          // a proof of a service that is started for it
          entry(
              "headroom.cli.demo",
              "headroom.analysis",
              "headroom.cli.data",
              "headroom.cli.process",
              "headroom.cli.prove",
              "headroom.cli.terminal",
              "headroom.duckdb",
              "headroom.ingest.pipeline",
              "headroom.load.network",
              "headroom.plan",
              "headroom.plan.build",
              "headroom.server",
              "headroom.server.api",
              "headroom.store",
              "headroom.wall"),
          // the only ones that see the examiner
          entry(
              "headroom.cli.exam",
              "headroom.analysis",
              "headroom.cli.data",
              "headroom.cli.exam.recordings",
              "headroom.cli.exam.simulate",
              "headroom.cli.terminal",
              "headroom.detect",
              "headroom.drift",
              "headroom.duckdb",
              "headroom.ingest",
              "headroom.ingest.pipeline",
              "headroom.plan.yaml",
              "headroom.rollup",
              "headroom.score",
              "headroom.sim",
              "headroom.store",
              "headroom.wall"),
          // virtual systems into files: knows neither who reads them nor who judges them
          entry(
              "headroom.cli.exam.simulate",
              "headroom.ingest.protobuf",
              "headroom.model",
              "headroom.plan.quantity",
              "headroom.plan.yaml",
              "headroom.rollup",
              "headroom.sim",
              "headroom.store"),
          // what lies in a folder of recordings: knows the truth, but not who predicts
          entry(
              "headroom.cli.exam.recordings", "headroom.model", "headroom.sim", "headroom.wall"),
          // the only main, which only names the commands
          entry(
              "headroom.cli",
              "headroom.cli.answer",
              "headroom.cli.demo",
              "headroom.cli.exam",
              "headroom.cli.load",
              "headroom.cli.process",
              "headroom.cli.prove",
              "headroom.cli.serve",
              "headroom.cli.terminal"));

  private static Map.Entry<String, Set<String>> entry(String place, String... mayUse) {
    return Map.entry(place, Set.of(mayUse));
  }

  private static final Set<String> CORE =
      Set.of(
          "model",
          "requests",
          "stats",
          "queueing",
          "rollup",
          "store",
          "trace",
          "telemetry",
          "wall",
          "metastability",
          "drift",
          "detect",
          "forecast",
          "ledger",
          "analysis",
          "sim",
          "score");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("test-classes"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("headroom");

  @Test
  void everyPackageHasItsPlaceAndKeepsToIt() {
    assertThat(ours().map(JavaClass::getPackageName).distinct())
        .as("packages without a place in the table")
        .isSubsetOf(MAY_USE.keySet());

    var broken = new TreeSet<String>();
    ours()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> isOurs(dependency.getTargetClass()))
        .filter(dependency -> !allowed(dependency))
        .forEach(dependency -> broken.add(dependency.getDescription()));
    assertThat(broken).as("arrows that the table does not allow").isEmpty();
  }

  private static boolean allowed(Dependency dependency) {
    String from = dependency.getOriginClass().getPackageName();
    String to = dependency.getTargetClass().getPackageName();
    return from.equals(to) || MAY_USE.getOrDefault(from, Set.of()).contains(to);
  }

  @Test
  void coreIsPure() {
    var broken = new TreeSet<String>();
    ours()
        .filter(ArchitectureTest::isCore)
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(ArchitectureTest::isImpure)
        .forEach(access -> broken.add(access.getDescription()));
    assertThat(broken).as("clock, randomness, files, network or threads in core").isEmpty();
  }

  private static boolean isCore(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length > 1 && CORE.contains(parts[1]);
  }

  private static boolean isImpure(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String call = owner + "." + access.getTarget().getName();
    return Set.of(
                "java.lang.System.nanoTime",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.out",
                "java.lang.System.err",
                "java.lang.Math.random",
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now")
            .contains(call)
        || owner.startsWith("java.io.File")
        || owner.startsWith("java.nio.file.")
        || owner.startsWith("java.net.")
        || owner.equals("java.lang.Thread")
        || owner.equals("java.util.Random")
        || owner.startsWith("java.util.concurrent.ThreadLocalRandom")
        || owner.startsWith("java.util.concurrent.Executor");
  }

  @Test
  void onlyTheCommandLinePrints() {
    var broken = new TreeSet<String>();
    ours()
        .filter(type -> !type.getPackageName().startsWith("headroom.cli"))
        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
        .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
        .filter(access -> Set.of("out", "err").contains(access.getTarget().getName()))
        .forEach(access -> broken.add(access.getDescription()));
    assertThat(broken).isEmpty();
  }

  @Test
  void theLoadEngineDoesNotKnowTheExaminee() {
    var broken = new TreeSet<String>();
    ours()
        .filter(type -> type.getPackageName().startsWith("headroom.load"))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency ->
            Stream.of("headroom.detect", "headroom.forecast", "headroom.wall")
                .anyMatch(dependency.getTargetClass().getPackageName()::startsWith))
        .forEach(dependency -> broken.add(dependency.getDescription()));
    assertThat(broken).isEmpty();
  }

  /** Of the command line, only the commands of the examiner. */
  @Test
  void theProductDoesNotKnowTheExaminer() {
    var broken = new TreeSet<String>();
    ours()
        .filter(type -> !isExaminer(type.getPackageName() + "."))
        .filter(type -> !type.getPackageName().startsWith("headroom.cli.exam"))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> isExaminer(dependency.getTargetClass().getPackageName() + "."))
        .forEach(dependency -> broken.add(dependency.getDescription()));
    assertThat(broken).isEmpty();
  }

  private static boolean isExaminer(String name) {
    return name.startsWith("headroom.sim.") || name.startsWith("headroom.score.");
  }

  private static Stream<JavaClass> ours() {
    return CLASSES.stream()
        .filter(ArchitectureTest::isOurs)
        .filter(type -> !type.getPackageName().startsWith("headroom.testkit"));
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals("headroom")
        || type.getPackageName().startsWith("headroom.");
  }
}
