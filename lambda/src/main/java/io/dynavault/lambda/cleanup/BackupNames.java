// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.layout.RecoveryPointKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names that on-demand backups have at AWS.
 *
 * @param byArn empty for one that is gone
 * @param unknown why AWS did not tell
 */
record BackupNames(
    Map<String, Optional<String>> byArn, Map<RecoveryPointKey, DynavaultException> unknown) {
  BackupNames {
    byArn = Map.copyOf(byArn);
    unknown = Map.copyOf(unknown);
  }

  /** Asks for those that a plan removes. */
  static BackupNames ask(ExpirePlan plan, RegionClients clients, PacedCalls calls)
      throws InterruptedException {
    Map<String, Optional<String>> names = new HashMap<>();
    Map<RecoveryPointKey, DynavaultException> unknown = new HashMap<>();
    for (ExpirePlan.Decision decision : plan.removed()) {
      RecoveryPoint point = decision.candidate().entry().point();
      if (point.method() == Method.ON_DEMAND && point.content() instanceof ManagedBackup backup) {
        try {
          names.put(backup.arn(), name(backup.arn(), clients, calls));
        } catch (DynavaultException e) {
          if (e.code() == ErrorCode.INTERRUPTED) {
            throw e;
          }
          unknown.put(key(point), e);
        }
      }
    }
    return new BackupNames(names, unknown);
  }

  private static RecoveryPointKey key(RecoveryPoint point) {
    return new RecoveryPointKey(point.tableName(), point.id().value());
  }

  private static Optional<String> name(String text, RegionClients clients, PacedCalls calls)
      throws InterruptedException {
    BackupArn arn = BackupArn.parse(text);
    try {
      return Optional.of(
          new OnDemandBackups(clients.in(arn.region()).dynamoDb(), calls).describe(arn).name());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Empty for what is no on-demand backup, or is gone. */
  Optional<String> of(RecoveryPoint point) {
    return point.content() instanceof ManagedBackup backup
        ? byArn.getOrDefault(backup.arn(), Optional.empty())
        : Optional.empty();
  }

  /** Why AWS did not tell the name of one that it may have. */
  Optional<DynavaultException> unknown(RecoveryPoint point) {
    return Optional.ofNullable(unknown.get(key(point)));
  }
}
