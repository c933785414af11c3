// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.disk;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.Aftermath;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups to a disk on which nothing more fits, or nothing at all can be written (F3, F4). */
@Tag("F3")
@Tag("F4")
class FullDiskIT {
  private static final int DISK_KIB = 2048;

  /** From nothing at all to more than a backup takes. */
  private static final List<Integer> FREE_KIB =
      List.of(0, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64, 80, 96, 112, 128, 160, 400);

  @TempDir private Path temporary;
  private SmallDisk disk;
  private LiveTable table;
  private TestingEngine engine;

  @BeforeEach
  void backUpOnce() throws InterruptedException {
    disk = SmallDisk.mountOrSkip(temporary, DISK_KIB);
    String name = TestingServers.newTableName("disk");
    table = LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), new SmallTable(name, 300));
    StoreLocation.Folder vault = new StoreLocation.Folder(disk.folder().resolve("vault"));
    ObjectStore store = new LocalStore(vault, Timing.system().random());
    TestingEngine.newVault(store);
    engine = TestingEngine.of(open(store), TestingServers.dynamoDb().endpoint());
    engine.backup(table.name());
  }

  /** Every run finds that those before it have ended, as if each were a process of its own. */
  private static Vault open(ObjectStore store) {
    LeaseSettings system = LeaseSettings.system();
    LeaseSettings settings =
        new LeaseSettings(
            system.ttl(),
            system.clock(),
            system.ticker(),
            system.sleeper(),
            holder -> ProcessProbe.Life.DEAD);
    return Vault.open(store, Holder.thisProcess("test", Timing.system().random()), settings);
  }

  @AfterEach
  void unmount() {
    if (engine != null) {
      engine.close();
      table.drop();
      disk.close();
    }
  }

  /** A night after a night on which the disk is full must not push out what there is. */
  @Test
  void aFullDiskFailsTheBackupAtEveryFillLevelAndKeepsWhatIsThere() throws InterruptedException {
    int good = 1;
    int refused = 0;
    for (int free : FREE_KIB) {
      disk.fill(free);
      try {
        engine.backup(table.name());
        good++;
      } catch (DynavaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL);
        assertThat(e.hint()).contains("full").contains("free space");
        refused++;
      }
      assertThat(Aftermath.requireNothingHalf(engine.vault())).as("%s KiB", free).hasSize(good);
      disk.free();
    }
    assertThat(refused).isGreaterThan(5);
    assertThat(good).isGreaterThan(1);

    engine.resume(table.name()); // what the last one of them has left
    List<CatalogEntry> entries = Aftermath.requireNothingHalf(engine.vault());
    assertThat(entries).hasSize(good + 1);
    for (CatalogEntry entry : entries) {
      assertThat(engine.compare(entry.point(), table.name()).identical()).isTrue();
    }
    Aftermath.requireNothingLeftByGc(disk.folder().resolve("vault"), engine.vault());
  }

  @Test
  void aReadOnlyDiskRefusesABackupAndStillGivesOutWhatItHas() throws InterruptedException {
    disk.makeReadOnly();

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> engine.backup(table.name()));

    assertThat(refused.hint()).contains("writable");
    List<CatalogEntry> entries = Aftermath.requireNothingHalf(engine.vault());
    assertThat(entries).hasSize(1);
    String target = TestingServers.newTableName("restored");
    engine.restoreInto(entries.get(0).point(), target);
    LiveTable restored = LiveTable.of(TestingServers.dynamoDb().endpoint(), target);
    assertThat(restored).hasSameItemsAs(table);
    restored.drop();
  }
}
