// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.fault.FaultPlan;
import io.dynavault.testing.fault.HttpFaultProxy;
import io.dynavault.testing.fault.ProxiedRequest;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The launcher on a machine whose clock somebody sets, between its commands and while they run, by
 * libfaketime where that is installed. The clocks of files and servers stay right, and so does that
 * by which time is measured: only a virtual machine's would jump, too.
 */
@Tag("F7")
@Tag("F24")
class FaketimeIT {
  private static final String RIGHT = "+0";
  private static final String TOMORROW = "+1d";
  private static final String YESTERDAY = "-1d";

  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Launcher launcher;
  private LiveTable table;

  @BeforeEach
  void createVault() {
    Optional<Path> library = LIBRARIES.stream().filter(Files::isReadable).findFirst();
    assumeTrue(library.isPresent(), "libfaketime is not installed (apt install faketime)");
    launcher =
        sandbox
            .launcher()
            .with("LD_PRELOAD", library.orElseThrow().toString())
            .with("FAKETIME_TIMESTAMP_FILE", sandbox.file("clock").toString())
            .with("FAKETIME_NO_CACHE", "1")
            .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .with("DONT_FAKE_MONOTONIC", "1")
            .with("NO_FAKE_STAT", "1");
    set(RIGHT);
    table = sandbox.fill(new SmallTable(TestingServers.newTableName("clock"), 300));
    launcher.run("vault", "create").succeeds();
  }

  @Test
  void retentionTakesNeitherTomorrowNorYesterdayForToday() {
    String today = backUp();
    set(TOMORROW);
    String tomorrow = backUp();
    set(YESTERDAY);
    String yesterday = backUp();
    assertThat(List.of(yesterday, today, tomorrow)).as("ids tell the time").isSorted();

    for (String clock : List.of(YESTERDAY, RIGHT, TOMORROW)) {
      set(clock);
      assertThat(ids()).containsExactly(tomorrow, today, yesterday);
      launcher.run("verify").succeeds();
    }
    set(RIGHT);
    launcher.run("expire", "--keep-last", "1", "--confirm").succeeds();
    assertThat(ids())
        .as("one from the future neither counts nor goes")
        .containsExactly(tomorrow, today);

    String short1 = backUp("--delete-after", "12h");
    set(TOMORROW);
    launcher.run("expire", "--confirm").succeeds();
    assertThat(ids()).as("the vault's clock says that it is not time").contains(short1);
  }

  @Test
  void aClockThatIsSetDuringABackupEndsNeitherItNorItsLease() throws Exception {
    AtomicInteger pages = new AtomicInteger();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (HttpFaultProxy proxy = HttpFaultProxy.before(Sandbox.endpoint())) {
      FaultPlan jumping =
          request -> {
            if (ProxiedRequest.ofOperation("Scan").test(request)) {
              set(pages.getAndIncrement() % 2 == 0 ? TOMORROW : YESTERDAY);
              reached.countDown();
              await(goOn);
            }
            return Optional.empty();
          };
      proxy.use(jumping);
      Running backup =
          launcher
              .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString())
              .start("backup", "--table", table.name());
      await(reached);

      for (String clock : List.of(TOMORROW, YESTERDAY)) {
        set(clock);
        assertThat(launcher.run("backup", "--table", table.name()).exits(11).err())
            .contains("another one runs since");
        launcher.run("gc", "--confirm").succeeds();
      }

      goOn.countDown();
      backup.finish().succeeds();
    }
    set(RIGHT);
    LiveTable copy = sandbox.made(Sandbox.newName());
    launcher.run("verify").succeeds();
    launcher.run("restore", "--target-table", copy.name()).succeeds();
    assertThat(copy).hasSameItemsAs(table);
  }

  private String backUp(String... more) {
    List<String> command = new ArrayList<>(List.of("backup", "--table", table.name(), "--json"));
    command.addAll(List.of(more));
    List<JsonNode> lines = launcher.run(command.toArray(String[]::new)).succeeds().jsonLines();
    return lines.get(lines.size() - 2).path("recoveryPointId").textValue();
  }

  private List<String> ids() {
    JsonNode list = launcher.run("list", "--json").succeeds().json();
    return list.path("recoveryPoints").findValuesAsText("recoveryPointId");
  }

  /** Sets the clock of all programs that run under it. */
  private void set(String offset) {
    try {
      Path next = Files.writeString(Files.createTempFile(sandbox.folder(), "clock", ""), offset);
      Files.move(next, sandbox.file("clock"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
