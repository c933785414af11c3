// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.managed;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** AWS as tests want it: every backup is available unless said otherwise. */
public final class TestingBackups implements ManagedBackups {
  /** ARNs of what was deleted, in that order. */
  public final List<String> deleted = new ArrayList<>();

  private final Map<String, ManagedBackupState.Status> states = new HashMap<>();
  private boolean answersDelete = true;

  /** Sets what is said of a backup. */
  public void set(RecoveryPoint point, ManagedBackupState.Status status) {
    states.put(arn(point), status);
  }

  /** From now on every deletion fails. */
  public void refuseDeletions() {
    answersDelete = false;
  }

  @Override
  public ManagedBackupState state(RecoveryPoint point) {
    return ManagedBackupState.of(
        states.getOrDefault(arn(point), ManagedBackupState.Status.AVAILABLE));
  }

  @Override
  public void delete(RecoveryPoint point) {
    if (!answersDelete) {
      throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to delete it");
    }
    deleted.add(arn(point));
    set(point, ManagedBackupState.Status.ABSENT);
  }

  private static String arn(RecoveryPoint point) {
    return ((ManagedBackup) point.content()).arn();
  }
}
