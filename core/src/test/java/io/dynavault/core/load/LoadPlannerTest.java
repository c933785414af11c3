// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TestingTables;
import io.dynavault.format.export.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table's keys are customer (S) and order (N); index keys are digest (B) and country (S). */
class LoadPlannerTest {
  private static final URI LOCAL = URI.create("http://localhost:8000");
  private static final TableDefinition TABLE = TestingTables.everything();

  @TempDir private Path folder;
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
  private final StopSignal stop = new StopSignal();

  @Test
  void countsWhatWillBeWritten() throws Exception {
    // customer 8 + 1, order 5 + 2, text 4 + its length
    LoadPlan plan =
        plan(
            LoadFormat.JSON,
            file("a.json", "[{\"customer\":\"x\",\"order\":1},{\"customer\":\"y\",\"order\":2}]"),
            file(
                "b.jsonl",
                "{\"customer\":\"z\",\"order\":3,\"text\":\"" + "t".repeat(2000) + "\"}"));

    assertThat(plan.items()).isEqualTo(3);
    assertThat(plan.itemBytes()).isEqualTo(16 + 16 + 16 + 2004);
    assertThat(plan.writeUnits()).isEqualTo(1 + 1 + 2);
    assertThat(plan.sources()).hasSize(2);
    assertThat(plan.destructive()).isTrue();
    assertThat(plan.estimatedDuration()).isEqualTo(Duration.ZERO);
  }

  @Test
  void takesAShareOfTheTablesCapacity() throws Exception {
    LoadOptions options =
        new LoadOptions(
            LoadFormat.CSV,
            ';',
            Optional.of(List.of("customer", "order")),
            LoadConflict.SKIP,
            Optional.of(new CapacityBudget.Share(50)),
            2);
    LoadPlan plan = plan(options, file("a.csv", "x;1\ny;2\nz;3\n"));

    assertThat(plan.items()).isEqualTo(3);
    assertThat(plan.unitsPerSecond()).hasValue(3); // half of 6
    assertThat(plan.estimatedDuration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(plan.destructive()).isFalse();
  }

  @Test
  void columnsOfKeysHaveTheTypesOfTheTable() throws Exception {
    assertThat(
            plan(LoadFormat.CSV, file("a.csv", "customer,order,digest,note\n7,8,AAE=,9\n")).items())
        .isEqualTo(1);
    refused(LoadFormat.CSV, file("b.csv", "customer,order\n7,eight\n"));
    assertThat(problems.get(0)).startsWith(folder.resolve("b.csv") + ": unable to read line 2: ");
  }

  @Test
  void refusesItemsWithoutTheirKeyAndSaysWhere() {
    var failure =
        refused(
            LoadFormat.DYNAMODB_JSON,
            file(
                "a.jsonl",
                """
                {"customer":{"S":"x"},"order":{"N":"1"}}
                {"customer":{"S":"secret"}}
                {"Item":{"customer":{"N":"5"},"order":{"N":"1"}}}
                {"customer":{"S":""},"order":{"N":"1"}}
                """));

    String name = folder.resolve("a.jsonl").toString();
    assertThat(problems)
        .extracting(problem -> problem.substring(0, (name + ", line 2").length()))
        .containsExactly(name + ", line 2", name + ", line 3", name + ", line 4");
    assertThat(problems).noneMatch(problem -> problem.contains("secret"));
    assertThat(failure)
        .hasMessageStartingWith("unable to import into table 'orders': " + name + ", line 2: ")
        .hasMessageEndingWith(" (and 2 more problems); nothing was written");
  }

  @Test
  void refusesKeysOfIndexesThatAreEmptyOrOfAnotherType() {
    refused(
        LoadFormat.DYNAMODB_JSON,
        file(
            "a.jsonl",
            """
            {"customer":{"S":"x"},"order":{"N":"1"},"country":{"S":""}}
            {"customer":{"S":"x"},"order":{"N":"2"},"country":{"N":"7"}}
            {"customer":{"S":"x"},"order":{"N":"3"},"digest":{"B":""}}
            {"customer":{"S":"x"},"order":{"N":"4"},"other":{"S":""}}
            """));
    assertThat(problems)
        .hasSize(3)
        .anyMatch(problem -> problem.contains("'country' is empty"))
        .anyMatch(problem -> problem.contains("'country' is of type N"))
        .anyMatch(problem -> problem.contains("'digest' is empty"));
  }

  @Test
  void refusesItemsThatAreTooLarge() throws Exception {
    String largest = "t".repeat(400 * 1024 - 16 - 4);
    String line = "{\"customer\":\"x\",\"order\":1,\"text\":\"" + largest + "\"}";
    assertThat(plan(LoadFormat.JSON, file("a.json", line)).itemBytes()).isEqualTo(400 * 1024);
    refused(LoadFormat.JSON, file("b.json", line.replace("\"}", "t\"}")));
    assertThat(problems.get(0)).endsWith("409601 bytes, DynamoDB takes at most 409600");
  }

  @Test
  void refusesKeysThatComeTwiceAlsoInDifferentFiles() {
    refused(
        LoadFormat.CSV,
        file("a.csv", "customer,order,x\na,1,p\nb,1,q\n"),
        file("b.csv", "customer,order\nc,1\na,1.0\n"));
    assertThat(problems)
        .containsExactly(
            folder.resolve("b.csv")
                + ", line 3: the item has the same key as that of "
                + folder.resolve("a.csv")
                + ", line 2");
  }

  @Test
  void aFileThatIsDamagedHidesNoProblemOfAnother() {
    LoadSource broken = file("a.json", "[{\"customer\":\"x\",\"order\":1},");
    LoadSource keyless = file("b.json", "{\"order\":1}");
    var failure = refused(LoadFormat.JSON, broken, keyless);
    assertThat(problems).hasSize(2);
    assertThat(failure.hint()).contains("--format dynamodb-json");
  }

  @Test
  void listsAHundredProblemsAndCountsTheRest() {
    var failure = refused(LoadFormat.JSON, file("a.json", "{\"order\":1}\n".repeat(500)));
    assertThat(problems).hasSize(100);
    assertThat(failure).hasMessageContaining("(and 499 more problems)");
  }

  @Test
  void refusesAFileThatIsNotCompressedAsItsNameSays() {
    refused(LoadFormat.JSON, file("a.json.gz", "{\"customer\":\"x\",\"order\":1}"));
    assertThat(problems.get(0)).contains("is not gzip");
  }

  @Test
  void readsWhatCameThroughAPipeAsOftenAsNeeded() throws Exception {
    byte[] text = "{\"customer\":\"x\",\"order\":1}".getBytes(UTF_8);
    try (LoadSource source =
        LoadSource.spool(new ByteArrayInputStream(text), "standard input", Compression.NONE)) {
      assertThat(plan(LoadFormat.JSON, source).items()).isEqualTo(1);
      assertThat(plan(LoadFormat.JSON, source).items()).isEqualTo(1);
      source.close();
      failure(ErrorCode.OBJECT_NOT_FOUND, () -> plan(LoadFormat.JSON, source));
    }
  }

  @Test
  void namesFilesThatAreMissingOrFolders() {
    assertThat(
            failure(
                ErrorCode.OBJECT_NOT_FOUND, () -> LoadSource.file(folder.resolve("nowhere.csv"))))
        .hasMessage("unable to import '" + folder + "/nowhere.csv': there is no such file");
    failure(ErrorCode.USAGE, () -> LoadSource.file(folder));
  }

  @Test
  void stopsWhenAsked() {
    stop.request();
    failure(
        ErrorCode.INTERRUPTED,
        () -> plan(LoadFormat.JSON, file("a.json", "{\"customer\":\"x\",\"order\":1}")));
  }

  @Test
  void guessesTheFormatByTheName() {
    assertThat(LoadFormat.ofFileName("a/B.CSV.gz")).contains(LoadFormat.CSV);
    assertThat(LoadFormat.ofFileName("data.ion.zst")).contains(LoadFormat.ION);
    assertThat(LoadFormat.ofFileName("x.ndjson")).contains(LoadFormat.JSON);
    assertThat(LoadFormat.ofFileName("x.parquet")).isEmpty();
  }

  private DynavaultException refused(LoadFormat format, LoadSource... files) {
    return failure(ErrorCode.ITEM_INVALID, () -> plan(format, files));
  }

  private LoadPlan plan(LoadFormat format, LoadSource... files) throws InterruptedException {
    return plan(LoadOptions.of(format, LoadConflict.OVERWRITE, 2), files);
  }

  private LoadPlan plan(LoadOptions options, LoadSource... files) throws InterruptedException {
    LoadRequest request = new LoadRequest(TABLE, Arrays.asList(files), options);
    return new LoadPlanner(request, LOCAL, RunContext.system("orders", stop))
        .plan((place, reason) -> problems.add(place + ": " + reason));
  }

  private LoadSource file(String name, String content) {
    try {
      return LoadSource.file(Files.writeString(folder.resolve(name), content));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
