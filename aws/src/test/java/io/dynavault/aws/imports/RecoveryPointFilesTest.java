// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.aws.StubWorld;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.export.Compression;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of an export AWS is told to import. */
class RecoveryPointFilesTest {
  private final ImportWorld world = new ImportWorld();
  private final String folder = export();

  @AfterEach
  void close() {
    world.close();
  }

  private String export() {
    world.aws.client.updateContinuousBackups(
        b ->
            b.tableName(StubWorld.TABLE)
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    String table =
        world.aws.client.describeTable(b -> b.tableName(StubWorld.TABLE)).table().tableArn();
    String arn =
        world
            .aws
            .client
            .exportTableToPointInTime(
                b -> b.tableArn(table).s3Bucket(ImportWorld.BUCKET).s3Prefix("raw"))
            .exportDescription()
            .exportArn();
    world.aws.client.describeExport(b -> b.exportArn(arn));
    return "raw/AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1);
  }

  @Test
  void theFolderOfItsDataFilesIsImported() throws InterruptedException {
    ExportContent content = ExportContent.open(world.bucket, folder);

    ImportFiles files = RecoveryPointFiles.of(content, Optional.of("111122223333"));

    assertThat(files.location()).isEqualTo("s3://acme-files/" + folder + "/data/");
    assertThat(files.compression()).isEqualTo(Compression.GZIP);
    assertThat(files.count()).isEqualTo(3);
    KeySchema keys =
        KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.N));
    ImportResult result =
        world.run(
            new ImportRequest(
                files,
                TableDefinition.onDemand(ImportWorld.TABLE, keys),
                OptionalLong.of(content.itemCount()),
                ImportRequest.Beginning.NEW));
    assertThat(result.complete()).isTrue();
    assertThat(world.keysOf(ImportWorld.TABLE)).containsExactly("a");
  }

  @Test
  void aFileThatDoesNotBelongToItWouldBeImportedToo() {
    world.put(folder + "/data/left-by-a-crash.json.gz", "x");

    DynavaultException failure = failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure)
        .hasMessageContaining("there are 1 that do not belong to it")
        .hasMessageContaining("left-by-a-crash.json.gz");
  }

  @Test
  void aMissingFileIsDamage() {
    world.bucket.delete(ExportContent.open(world.bucket, folder).export().files().get(0).key());

    DynavaultException failure = failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.DAMAGED);
    assertThat(failure).hasMessageContaining("is missing or lies elsewhere");
  }

  @Test
  void awsReadsS3Only() {
    ForwardingStore elsewhere =
        new ForwardingStore(world.bucket) {
          @Override
          public URI location() {
            return URI.create("file:/backups");
          }
        };

    DynavaultException failure =
        ImportRunTest.failure(
            () -> RecoveryPointFiles.of(ExportContent.open(elsewhere, folder), Optional.empty()));

    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure.hint()).contains("dynavault copy");
  }

  private DynavaultException failure() {
    return ImportRunTest.failure(
        () -> RecoveryPointFiles.of(ExportContent.open(world.bucket, folder), Optional.empty()));
  }
}
