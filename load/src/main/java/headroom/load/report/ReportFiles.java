package headroom.load.report;

import headroom.load.result.LoadResult;
import headroom.load.study.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the results of a run to a folder. */
public final class ReportFiles {
  private ReportFiles() {}

  /** Writes {@code report.html}, {@code result.json}, {@code summary.txt} and {@code junit.xml}. */
  public static void write(LoadResult result, Path folder) throws IOException {
    write(TestOutcome.of(result), folder);
  }

  /** As above, with what was found out beyond the run. */
  public static void write(TestOutcome result, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("result.json"), ResultJson.of(result));
    Files.writeString(folder.resolve("summary.txt"), Summary.of(result));
    Files.writeString(folder.resolve("report.html"), HtmlReport.of(result));
    Files.writeString(folder.resolve("junit.xml"), JunitXml.of(result));
  }
}
