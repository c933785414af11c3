// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.managed;

import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.Map;

/** Asks the one that knows the backups of a method. */
final class ManagedBackupsByMethod implements ManagedBackups {
  private final Map<Method, ManagedBackups> byMethod;

  ManagedBackupsByMethod(Map<Method, ManagedBackups> byMethod) {
    this.byMethod = Map.copyOf(byMethod);
  }

  @Override
  public ManagedBackupState state(RecoveryPoint point) throws InterruptedException {
    return of(point).state(point);
  }

  @Override
  public void delete(RecoveryPoint point) throws InterruptedException {
    of(point).delete(point);
  }

  private ManagedBackups of(RecoveryPoint point) {
    return byMethod.getOrDefault(point.method(), ManagedBackups.none());
  }

  @Override
  public void close() {
    byMethod.values().forEach(ManagedBackups::close);
  }
}
