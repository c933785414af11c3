// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * No test but a measurement, which {@code benchmark/cold-start} asks for: how long a function takes
 * to be ready and to give its first answers. Writes the block "lambda" of docs/performance.md.
 */
@EnabledIfSystemProperty(named = "dynavault.coldStart", matches = "true")
final class ColdStartIT {
  private static final int RUNS = 5;
  private static final Path PAGE = Path.of("../docs/performance.md");
  private static final Path ARCHIVE = Path.of(System.getProperty("dynavault.function.archive", ""));

  private final HandlerWorld world = HandlerWorld.inFrontOfDynamoDb();
  private final OrdersTable table = OrdersTable.create();
  private int folders;

  @TempDir Path folder;

  /** One start. */
  private record Start(
      Duration ready, Duration readyCpu, Duration first, Duration firstCpu, Duration second) {
    static Duration median(List<Start> starts, ToLongFunction<Start> nanos) {
      return Duration.ofNanos(
          starts.stream().mapToLong(nanos).sorted().toArray()[starts.size() / 2]);
    }
  }

  @BeforeEach
  void backUp() {
    table.fill(3);
    world.variables.put("DYNAMODB_TABLES", "[\"%s\"]".formatted(table.name));
    world.variables.put("BACKUP_METHOD", "scan");
    assertThat(world.invoke(new BackupHandler(world), "{}").path("statusCode").asInt())
        .isEqualTo(200);
    world.variables.put("CSV_TABLE", table.name);
    world.root().put("order_data.csv", "pk,amount\n1,10\n2,20\n".getBytes(UTF_8));
  }

  @AfterEach
  void close() {
    table.close();
    world.close();
  }

  @Test
  void measures() throws Exception {
    List<String> rows = new ArrayList<>();
    rows.add(row("backup", BackupHandler.class, "{}", List.of()));
    rows.add(row("restore, dry run", RestoreHandler.class, "{\"dry_run\":true}", List.of()));
    rows.add(row("cleanup", CleanupHandler.class, "{}", List.of()));
    rows.add(row("CSV loader", CsvLoaderHandler.class, csv(), List.of()));
    rows.add(
        row("backup, no class data shared", BackupHandler.class, "{}", List.of("-Xshare:off")));
    List<String> image = image();
    rows.add(row("backup, jars on the class path", BackupHandler.class, "{}", image));
    rows.add(row("the same with an AppCDS archive", BackupHandler.class, "{}", shared(image)));
    write(rows);
  }

  private String csv() {
    return "{\"bucket\":\"%s\",\"key\":\"order_data.csv\"}".formatted(world.bucket);
  }

  private String row(String name, Class<?> handler, String event, List<String> options)
      throws Exception {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      starts.add(start(handler, event, options));
    }
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            seconds(Start.median(starts, start -> start.ready().toNanos())),
            seconds(Start.median(starts, start -> start.readyCpu().toNanos())),
            seconds(Start.median(starts, start -> start.first().toNanos())),
            seconds(Start.median(starts, start -> start.firstCpu().toNanos())),
            seconds(Start.median(starts, start -> start.second().toNanos())));
  }

  private Start start(Class<?> handler, String event, List<String> options) throws Exception {
    long began = System.nanoTime();
    try (FunctionProcess function =
        FunctionProcess.start(handler, world, folder.resolve("f" + folders++), options)) {
      function.awaitReady();
      long ready = System.nanoTime();
      Duration readyCpu = function.processorTime();
      function.invoke(event);
      long first = System.nanoTime();
      Duration firstCpu = function.processorTime();
      function.invoke(event);
      return new Start(
          Duration.ofNanos(ready - began),
          readyCpu,
          Duration.ofNanos(first - ready),
          firstCpu.minus(readyCpu),
          Duration.ofNanos(System.nanoTime() - first));
    }
  }

  /** The functions as a container image has them: no class loader but the application's. */
  private List<String> image() throws IOException {
    Path image = folder.resolve("image");
    FunctionProcess.unpack(ARCHIVE, image);
    try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
      String classPath =
          jars.map(Path::toString)
              .sorted(Comparator.naturalOrder())
              .collect(Collectors.joining(File.pathSeparator));
      return List.of("-cp", FunctionProcess.runtime() + File.pathSeparator + classPath);
    }
  }

  /** The same with the classes of two invocations in an archive of class data. */
  private List<String> shared(List<String> image) throws Exception {
    Path archive = folder.resolve("functions.jsa");
    List<String> options = new ArrayList<>(image);
    options.add("-XX:ArchiveClassesAtExit=" + archive);
    try (FunctionProcess function =
        FunctionProcess.start(BackupHandler.class, world, folder.resolve("dump"), options)) {
      function.invoke("{}");
      function.invoke("{}");
      function.stop();
    }
    List<String> sharing = new ArrayList<>(image);
    sharing.add("-XX:SharedArchiveFile=" + archive);
    return sharing;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f", time.toMillis() / 1000.0);
  }

  private static void write(List<String> rows) throws IOException {
    String text =
        """
        ### Lambda: first answers

        Measured on %s: %d processors, %s %s, Java %s. Archive of the functions: %.1f MB.

        | seconds | ready | of CPU | first answer | of CPU | second answer |
        |---|---|---|---|---|---|
        """
                .formatted(
                    LocalDate.now(ZoneOffset.UTC),
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    System.getProperty("java.version"),
                    Files.size(ARCHIVE) / 1e6)
            + String.join("\n", rows)
            + "\n";
    String page = Files.readString(PAGE);
    Files.writeString(
        PAGE,
        page.replaceFirst(
            "(?s)(<!-- generated: lambda -->\n).*?(<!-- end: lambda -->)",
            "$1" + Matcher.quoteReplacement(text) + "$2"));
  }
}
