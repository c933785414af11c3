// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static io.dynavault.aws.imports.ImportRunTest.failure;
import static io.dynavault.aws.imports.ImportWorld.TABLE;
import static io.dynavault.aws.imports.ImportWorld.files;
import static io.dynavault.aws.imports.ImportWorld.lines;
import static io.dynavault.aws.imports.ImportWorld.request;
import static io.dynavault.aws.imports.ImportWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.IndexChoice;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.format.export.Compression;
import io.dynavault.testing.aws.AwsError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is begun, listed and refused. */
class ImportsTest {
  private final ImportWorld world = new ImportWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void listsAllPagesTheNewestFirst() throws InterruptedException {
    world.aws.stub.pageSize(2);
    for (int i = 0; i < 5; i++) {
      start("Copy" + i);
    }

    assertThat(world.imports().list())
        .extracting(ImportInfo::tableName)
        .containsExactly("Copy4", "Copy3", "Copy2", "Copy1", "Copy0");
    assertThat(world.aws.stub.requests("ListImports")).hasSize(3);
  }

  @Test
  void findsTheNewestOfATableAndReadsNoFurther() throws InterruptedException {
    world.aws.stub.pageSize(2);
    for (String table : List.of("Wanted", "Other1", "Wanted", "Other2", "Other3")) {
      start(table);
      world.imports().describe(world.imports().list().get(0).arn());
    }
    world.aws.stub.forgetRequests();

    ImportInfo newest = world.imports().newest("Wanted").orElseThrow();

    assertThat(newest.arn()).isEqualTo(world.imports().list().get(2).arn());
    assertThat(newest.counts()).isPresent();
    assertThat(world.imports().newest("Unknown")).isEmpty();
  }

  private ImportInfo start(String table) throws InterruptedException {
    TableDefinition definition = TableDefinition.onDemand(table, ImportWorld.KEYS);
    // No bucket: they end without a table, so that a name can be taken again.
    return world
        .imports()
        .start(
            new ImportRequest(
                files("no-bucket", "in/"),
                definition,
                OptionalLong.empty(),
                ImportRequest.Beginning.NEW));
  }

  @ParameterizedTest
  @CsvSource({
    "ResourceInUseException, TABLE_EXISTS, name another one",
    "LimitExceededException, LIMIT_EXCEEDED, dynavault imports list",
    "ImportConflictException, REQUEST_CONFLICT, wait until the other import has ended",
    "AccessDeniedException, ACCESS_DENIED, grant dynamodb:ImportTable",
    "ValidationException, REQUEST_REFUSED, message of the service"
  })
  void aRefusedStartIsOneErrorWithWhatToDo(String error, ErrorCode code, String hint) {
    world.aws.stub.failNext("ImportTable", AwsError.of(error, "it was refused"), 100);

    DynavaultException failure = failure(() -> world.imports().start(request(files("in/"))));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.hint()).contains(hint);
    assertThat(failure.getMessage()).doesNotContain("\n");
  }

  @Test
  void waitsWhereTooManyImportsAreInWork() throws InterruptedException {
    world.put("in/1.json", lines(1));
    world.aws.stub.failNext("ImportTable", AwsError.of("LimitExceededException", "50"), 3);

    assertThat(world.imports().start(request(files("in/"))).status())
        .isEqualTo(ImportInfo.Status.IN_PROGRESS);
    assertThat(world.aws.waits).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ImportTable", "DescribeImport", "ListImports"})
  void anAnswerThatNeverComesEndsTheCall(String operation) throws InterruptedException {
    ImportInfo begun = start("Copy");
    world.aws.stub.neverAnswerNext(operation, 1);

    DynavaultException failure =
        failure(
            () -> {
              switch (operation) {
                case "ImportTable" -> start("Another");
                case "DescribeImport" -> world.imports().describe(begun.arn());
                default -> world.imports().list();
              }
            });

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("unable to call " + operation);
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeImport, ImportNotFoundException, RESOURCE_NOT_FOUND, 90 days",
    "DescribeImport, AccessDeniedException, ACCESS_DENIED, grant dynamodb:DescribeImport",
    "ListImports, LimitExceededException, LIMIT_EXCEEDED, wait until other operations",
    "ListImports, AccessDeniedException, ACCESS_DENIED, grant dynamodb:ListImports",
    "ListImports, UnknownOperationException, UNSUPPORTED, does not offer"
  })
  void everyErrorHasACodeAndAHint(String operation, String error, ErrorCode code, String hint)
      throws InterruptedException {
    ImportInfo begun = start("Copy");
    world.aws.stub.failNext(operation, AwsError.of(error, "it was refused"), 100);

    DynavaultException failure =
        failure(
            () -> {
              if (operation.equals("DescribeImport")) {
                world.imports().describe(begun.arn());
              } else {
                world.imports().list();
              }
            });

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.hint()).contains(hint);
  }

  @Test
  void refusesATableThatExistsBeforeAnythingIsAsked() {
    world.aws.declare(TABLE);

    DynavaultException failure = failure(() -> world.plan(request(files("in/"))));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
    assertThat(failure).hasMessage("unable to import table 'OrdersCopy': it exists");
    assertThat(failure.hint()).contains("new tables only").contains("--resume");
  }

  @Test
  void refusesLocalIndexesUnlessTheyAreLeftOut() throws InterruptedException {
    TableDefinition orders = world.aws.describer().describe("Orders").definition();

    DynavaultException failure =
        failure(() -> world.plan(of(TableOverrides.none().withTableName(TABLE).apply(orders))));
    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("no local secondary indexes, and it has 'byDay'");
    assertThat(failure.hint()).contains("--local-indexes none");

    TableOverrides without =
        TableOverrides.builder().tableName(TABLE).localIndexes(IndexChoice.none()).build();
    world.put("in/1.json", "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}\n");
    ImportResult result = world.run(of(without.apply(orders)));

    assertThat(result.complete()).isTrue();
    var table = world.aws.client.describeTable(b -> b.tableName(TABLE)).table();
    assertThat(table.globalSecondaryIndexes()).hasSize(2);
    assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
  }

  private static ImportRequest of(TableDefinition table) {
    return new ImportRequest(
        files("in/"), table, OptionalLong.empty(), ImportRequest.Beginning.NEW);
  }

  @Test
  void refusesMoreFilesThanAwsTakes() {
    ImportFiles many =
        new ImportFiles(
            "acme-files",
            "in/",
            Optional.empty(),
            ImportFormat.ION,
            Compression.GZIP,
            CsvColumns.defaults(),
            50_001,
            1);

    DynavaultException failure = failure(() -> world.plan(request(many)));

    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("50001 files, and AWS takes 50000 at most");
  }

  @Test
  void resumesOnlyAnImportOfTheSameFiles() throws InterruptedException {
    ImportRequest request = request(files("in/"));

    assertThat(failure(() -> world.plan(resumed(request))).code())
        .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);

    world.put("in/1.json", lines(1));
    world.run(request);
    DynavaultException other = failure(() -> world.plan(resumed(request(files("other/")))));
    assertThat(other.code()).isEqualTo(ErrorCode.REQUEST_CONFLICT);
    assertThat(other)
        .hasMessageContaining(
            "the newest one is of 's3://acme-files/in/', not of 's3://acme-files/other/'");
  }

  @Test
  void settingsArePutBackOnlyToTheTableThatWasImported() throws InterruptedException {
    world.put("in/1.json", lines(1));
    ImportRequest request = request(files("in/"));
    world.run(request);
    world.aws.client.deleteTable(b -> b.tableName(TABLE));
    world.aws.declare(TABLE);

    DynavaultException failure = failure(() -> world.run(resumed(request)));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_CHANGED);
  }
}
