// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.List;

/**
 * Tells the backups that this system has made from those that it only knows of: what AWS Backup has
 * made, and on-demand backups of other names, may have records, too.
 *
 * @param prefix what the names of our on-demand backups begin with
 */
record OwnNames(String prefix, BackupNames names) {
  OwnNames {
    requireNonNull(prefix, "prefix is null");
    requireNonNull(names, "names is null");
  }

  /** The plan without what is not ours to delete. Chains are always ours. */
  ExpirePlan withoutForeign(ExpirePlan plan) {
    List<ExpirePlan.Decision> ours =
        plan.decisions().stream()
            .filter(
                decision ->
                    decision.action() == ExpirePlan.Action.KEEP
                        || isOwn(decision.candidate().entry().point()))
            .toList();
    return new ExpirePlan(ours, plan.unreadable(), plan.chains());
  }

  private boolean isOwn(RecoveryPoint point) {
    return switch (point.method()) {
      case SCAN, EXPORT -> true;
      // Of a backup that is gone, nothing but the record is deleted.
      case ON_DEMAND -> names.of(point).map(name -> name.startsWith(prefix + "-")).orElse(true);
      case AWS_BACKUP -> false;
    };
  }
}
