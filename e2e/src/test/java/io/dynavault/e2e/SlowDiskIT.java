// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A vault on a disk that takes long to say that something is on it. */
@Tag("F3")
class SlowDiskIT {
  private static final int MILLIS = 60;
  private static final Pattern DELAYED = Pattern.compile("(?m)(fsync|fdatasync)\\(.*\\(DELAYED\\)");

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Launcher launcher;
  private Path trace;

  @BeforeEach
  void slowDown() {
    launcher = sandbox.launcher().with("DYNAVAULT_VAULT", "vault");
    trace = launcher.folder().resolve("trace");
    assumeTrue(mayTrace(), "strace is not installed, or may not trace here");
  }

  @Test
  void backupRestoreAndVerifyTakeLongerAndAreRight() throws IOException {
    LiveTable table = sandbox.fill(new SmallTable(TestingServers.newTableName("slow"), 200));
    LiveTable target = sandbox.made(Sandbox.newName());
    launcher.run("vault", "create").succeeds();

    slow().run("backup", "--table", table.name()).succeeds();

    assertThat(DELAYED.matcher(Files.readString(trace)).results().count())
        .as("delayed calls")
        .isGreaterThan(5);
    slow().run("restore", "--table", table.name(), "--target-table", target.name()).succeeds();
    assertThat(target).hasSameItemsAs(table);
    slow().run("verify").succeeds();
  }

  private Launcher slow() {
    return launcher.startedBy(
        "strace",
        "-f",
        "-qq",
        "-o",
        trace.toString(),
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        "inject=fsync,fdatasync:delay_exit=" + MILLIS + "ms");
  }

  private boolean mayTrace() {
    try {
      Process probe = new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true").start();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
