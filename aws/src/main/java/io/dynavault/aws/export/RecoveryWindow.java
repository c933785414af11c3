// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.transport.SdkErrors;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;

/**
 * The time that a table's point-in-time recovery covers.
 *
 * @param earliest inclusive
 * @param latest some minutes ago
 */
record RecoveryWindow(Instant earliest, Instant latest) {

  /**
   * Asks AWS.
   *
   * @throws DynavaultException {@code PITR_OFF} where it is off
   */
  static RecoveryWindow of(DynamoDbClient client, TableDefinition table) {
    PointInTimeRecoveryDescription recovery =
        SdkErrors.call(
            "DescribeContinuousBackups",
            () ->
                client
                    .describeContinuousBackups(b -> b.tableName(table.tableName()))
                    .continuousBackupsDescription()
                    .pointInTimeRecoveryDescription());
    if (recovery == null
        || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED
        || recovery.earliestRestorableDateTime() == null
        || recovery.latestRestorableDateTime() == null) {
      throw new DynavaultException(
          ErrorCode.PITR_OFF,
          "unable to export changes of table '%s': point-in-time recovery is off"
              .formatted(table.tableName()),
          "turn it on with: dynavault pitr enable --table " + table.tableName());
    }
    return new RecoveryWindow(
        recovery.earliestRestorableDateTime(), recovery.latestRestorableDateTime());
  }
}
