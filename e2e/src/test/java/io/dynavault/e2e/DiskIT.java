// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.disk.SmallDisk;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Vaults on disks that are full or read-only: what is said, and what still works. */
@Tag("F3")
@Tag("F4")
class DiskIT {
  private static final int ROOM_FOR_THE_START_KIB = 16;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @TempDir private Path mountPoint;
  private SmallDisk disk;
  private Launcher launcher;
  private LiveTable table;

  @BeforeEach
  void backUp() throws IOException {
    disk = SmallDisk.mountOrSkip(Files.createDirectory(mountPoint.resolve("disk")), 1024);
    launcher = sandbox.launcher().with("DYNAVAULT_VAULT", disk.folder() + "/vault");
    table = sandbox.fill(new SmallTable(TestingServers.newTableName("disk"), 200));
    launcher.run("vault", "create").succeeds();
    launcher.run("backup", "--table", table.name()).succeeds();
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void aBackupToAFullDiskFailsAndLeavesTheEarlierOnesAlone() {
    disk.fill(ROOM_FOR_THE_START_KIB);

    Finished full = launcher.run("backup", "--table", table.name());

    assertThat(full.exitCode()).isNotZero();
    assertThat(full.err())
        .contains("HINT: the disk of '" + disk.folder() + "/vault' is full: free space there");
    assertThat(launcher.run("list", "--json").succeeds().json().path("recoveryPoints")).hasSize(1);
    disk.free();
    launcher.run("backup", "--table", table.name(), "--resume").succeeds();
    assertThat(launcher.run("verify").succeeds().out()).contains("sound: 2 exports");
  }

  @Test
  void roomIsMadeOnAFullDiskByDeletingARecoveryPoint() {
    launcher.run("backup", "--table", table.name()).succeeds();
    disk.fill(0);
    LiveTable target = sandbox.made(Sandbox.newName());

    Finished restored =
        launcher.run("restore", "--table", table.name(), "--target-table", target.name());
    Finished expired = launcher.run("expire", "--keep-last", "1", "--confirm");

    assertThat(restored.succeeds().err())
        .contains("can be deleted while it is read: the vault has no room");
    assertThat(target).hasSameItemsAs(table);
    assertThat(expired.succeeds().out()).contains("removed 1 recovery point");
    assertThat(launcher.run("list", "--json").succeeds().json().path("recoveryPoints")).hasSize(1);
    disk.free();
    launcher.run("backup", "--table", table.name()).succeeds();
    disk.fill(0);
    launcher.run("delete", "latest", "--confirm").succeeds(); // there is a reserve again
    launcher.run("verify").succeeds();
  }

  @Test
  void aReadOnlyDiskIsRestoredFromAndRefusesABackup() {
    disk.makeReadOnly();

    Finished refused = launcher.run("backup", "--table", table.name());
    assertThat(refused.exits(12).err())
        .contains("read-only file system")
        .contains("HINT: mount the file system of '" + disk.folder() + "/vault' writable");

    LiveTable target = sandbox.made(Sandbox.newName());
    Finished restored =
        launcher.run("restore", "--table", table.name(), "--target-table", target.name());
    assertThat(restored.succeeds().err()).contains("the vault cannot be written");
    assertThat(target).hasSameItemsAs(table);
    launcher.run("verify").succeeds();
  }
}
