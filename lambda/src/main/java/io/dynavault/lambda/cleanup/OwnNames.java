// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpireResult;
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
    List<ExpirePlan.Decision> ours = plan.decisions().stream().filter(this::isOurs).toList();
    return new ExpirePlan(ours, plan.unreadable(), plan.chains());
  }

  /** What is kept is only told of; nobody asks AWS Backup for its own. */
  private boolean isOurs(ExpirePlan.Decision decision) {
    RecoveryPoint point = decision.candidate().entry().point();
    return switch (point.method()) {
      case SCAN, EXPORT -> true;
      case ON_DEMAND -> decision.action() == ExpirePlan.Action.KEEP || hasOurName(point);
      case AWS_BACKUP -> false;
    };
  }

  /** Of a backup that is gone, nothing but the record is deleted. */
  private boolean hasOurName(RecoveryPoint point) {
    return names.unknown(point).isEmpty()
        && names.of(point).map(name -> name.startsWith(prefix + "-")).orElse(true);
  }

  /** What may be ours, and is not deleted because AWS did not tell. */
  List<ExpireResult.NotRemoved> notTold(ExpirePlan plan) {
    return plan.removed().stream()
        .map(decision -> decision.candidate().entry())
        .flatMap(
            entry ->
                names
                    .unknown(entry.point())
                    .map(why -> new ExpireResult.NotRemoved(entry, why))
                    .stream())
        .toList();
  }
}
