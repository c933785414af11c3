// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.TestingHolders;
import io.dynavault.core.lease.TestingTime;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A vault in memory whose time stands still unless told otherwise. */
public final class TestingVault {
  public final TestingTime time = new TestingTime();
  public final MemoryStore memory = MemoryStore.isolated(time);
  public final Vault vault;

  public TestingVault() {
    vault =
        Vault.create(
            memory,
            new VaultConfig(
                UUID.fromString("6b1f4f5e-6f0e-4f6c-9a1d-0d1a9f4c7c11"),
                "main",
                time.instant(),
                Map.of(),
                "0.1.0"),
            TestingHolders.holder("here"),
            settings());
  }

  public LeaseSettings settings() {
    return TestingHolders.settings(time);
  }

  /** The same vault as another machine opens it. */
  public Vault on(String host) {
    return on(host, memory);
  }

  /** The same vault as another machine opens it through another store. */
  public Vault on(String host, ObjectStore store) {
    return Vault.open(store, TestingHolders.holder(host), settings());
  }

  /** Writes the files of a recovery point and commits it. */
  public CatalogEntry commit(RecoveryPoint point) {
    TestingPoints.writeFiles(memory, point);
    return commitRecord(point);
  }

  /** Commits a recovery point whose files are there. */
  public CatalogEntry commitRecord(RecoveryPoint point) {
    try (Lease lease = vault.leases().acquire(LeaseName.backup(point.tableName()))) {
      return vault.commit(point, lease);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Commits a point of the table that begins at a time. */
  public CatalogEntry commit(String table, String startTime) {
    return commit(TestingPoints.point(table, Instant.parse(startTime)));
  }

  public List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    memory.list(prefix, info -> keys.add(info.key()));
    return keys;
  }
}
