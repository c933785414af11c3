// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.aws.AwsError;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CleanupHandlerIT {
  private static final Duration NINE_DAYS = Duration.ofDays(9);

  private final HandlerWorld world = HandlerWorld.inThePast(NINE_DAYS);
  private final BackupHandler backup = new BackupHandler(world);
  private final CleanupHandler cleanup = new CleanupHandler(world);
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void table() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    world.variables.put("DYNAMODB_TABLES", "[\"orders\"]");
    world.variables.put("BACKUP_METHOD", "on-demand");
    world.variables.put("RETENTION_DAYS", "7");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void backUp() {
    JsonNode answer = world.invoke(backup, "{}");
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
  }

  @Test
  void deletesWhatIsPastItsRetentionAndTellsNameArnAndAge() {
    backUp();
    world.stub.clock().advance(NINE_DAYS);
    backUp();

    JsonNode answer = world.invoke(cleanup, GuideExamples.event("cleanup"));

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    JsonNode deleted = answer.path("body").path("deleted");
    assertThat(deleted).hasSize(1);
    assertThat(deleted.path(0).path("name").asText()).startsWith("dynavault-orders-");
    assertThat(deleted.path(0).path("arn").asText()).contains(":table/orders/backup/");
    assertThat(deleted.path(0).path("age_days").asInt()).isEqualTo(9);
    assertThat(world.vault().catalog().list("orders").entries()).hasSize(1);
    assertThat(world.calls()).containsEntry("DeleteBackup", 1);
  }

  @Test
  void keepsTheNewestGoodOneHoweverOldItIs() {
    backUp();
    world.stub.clock().advance(NINE_DAYS);

    JsonNode answer = world.invoke(cleanup, "{}");

    assertThat(answer.path("body").path("total_deleted").asInt()).isZero();
    assertThat(world.vault().catalog().list("orders").entries()).hasSize(1);
  }

  @Test
  void leavesBackupsOfAnotherNameAlone() {
    world.variables.put("BACKUP_PREFIX", "manual");
    backUp();
    world.stub.clock().advance(NINE_DAYS);
    world.variables.put("BACKUP_PREFIX", "dynavault");
    backUp();

    JsonNode answer = world.invoke(cleanup, "{}");

    assertThat(answer.path("body").path("total_deleted").asInt()).isZero();
    assertThat(world.calls()).doesNotContainKey("DeleteBackup");
  }

  @Test
  void theSameEventTwiceDeletesOnce() {
    backUp();
    world.stub.clock().advance(NINE_DAYS);
    backUp();
    world.invoke(cleanup, GuideExamples.event("cleanup"));

    JsonNode again = world.invoke(cleanup, GuideExamples.event("cleanup"));

    assertThat(again.path("statusCode").asInt()).as(again.toString()).isEqualTo(200);
    assertThat(again.path("body").path("total_deleted").asInt()).isZero();
    assertThat(world.calls()).containsEntry("DeleteBackup", 1);
    assertThat(world.vault().catalog().list("orders").entries()).hasSize(1);
  }

  /**
   * Two backups of each of two tables, of which the older ones are to go, where AWS denies an
   * operation once; returns the one that has failed.
   */
  private JsonNode cleanUpTwoTables(String denied) {
    world.recoverableTable("customers", "{\"pk\":{\"S\":\"1\"}}");
    world.variables.put("DYNAMODB_TABLES", "[\"orders\",\"customers\"]");
    backUp();
    world.stub.clock().advance(NINE_DAYS.minusMinutes(15));
    backUp();
    world.stub.failNext(denied, AwsError.of("AccessDeniedException", "a policy denies it"), 1);

    JsonNode answer = world.invoke(cleanup, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(207);
    assertThat(answer.path("body").path("total_deleted").asInt()).isEqualTo(1);
    JsonNode failed = answer.path("body").path("failed");
    assertThat(failed).hasSize(1);
    return failed.path(0);
  }

  @Test
  void oneBackupThatCannotBeDeletedDoesNotStopTheOthers() {
    JsonNode failed = cleanUpTwoTables("DeleteBackup");

    assertThat(failed.path("error").asText()).isEqualTo("INCOMPLETE");
    assertThat(failed.path("arn").asText()).contains("/backup/");
  }

  /** Such as one of another account: of its table nothing is lost, and the others go on. */
  @Test
  void oneBackupThatAwsTellsNothingAboutDoesNotStopTheOthers() {
    JsonNode failed = cleanUpTwoTables("DescribeBackup");

    assertThat(failed.path("error").asText()).isEqualTo("ACCESS_DENIED");
    assertThat(failed.path("table_name").asText()).isEqualTo("customers");
    assertThat(world.vault().catalog().list("customers").entries()).hasSize(2);
  }

  @Test
  void oneBackupWhoseNameAwsDoesNotTellIsNotDeleted() {
    backUp();
    world.stub.clock().advance(NINE_DAYS);
    backUp();
    world.stub.add(
        operations ->
            operations.dynamoDb(
                "DescribeBackup",
                request -> asked.incrementAndGet() == 2,
                request -> {
                  throw AwsError.of("AccessDeniedException", "a policy denies it");
                }));

    JsonNode answer = world.invoke(cleanup, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(500);
    assertThat(answer.path("body").path("failed")).hasSize(1);
    assertThat(world.vault().catalog().list("orders").entries()).hasSize(2);
    assertThat(world.calls()).doesNotContainKey("DeleteBackup");
  }

  /** They are AWS Backup's to delete; those of the function are counted without them. */
  @Test
  void whatAwsBackupKeepsIsLeftAloneAndStopsNothing() throws InterruptedException {
    backUp();
    world.stub.clock().advance(NINE_DAYS);
    backUp();
    recordOneOfAwsBackup();

    JsonNode answer = world.invoke(cleanup, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("total_deleted").asInt()).isEqualTo(1);
    assertThat(world.vault().catalog().list("orders").entries()).hasSize(2);
  }

  private void recordOneOfAwsBackup() throws InterruptedException {
    Vault vault = world.vault();
    RecoveryPoint point = vault.catalog().list("orders").entries().get(0).point();
    String arn = "arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/01-abc";
    RecoveryPoint ofAwsBackup =
        new RecoveryPoint(
            new RecoveryPointId("01799999999999-0a1b2c3d"),
            Method.AWS_BACKUP,
            point.table(),
            point.startTime(),
            point.endTime(),
            new ManagedBackup(arn, OptionalLong.empty(), OptionalLong.empty()),
            point.consistency(),
            point.filtered(),
            point.deleteAfter(),
            point.tags(),
            point.toolVersion());
    try (Lease lease = vault.leases().acquire(LeaseName.backup("orders"))) {
      vault.commit(ofAwsBackup, lease);
    }
  }
}
