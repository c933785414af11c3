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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The launcher on machines whose clocks are wrong, by libfaketime where that is installed. The
 * clocks of files and servers stay right. A clock that is set while a command runs is another
 * test's matter: libfaketime would set the one by which a JVM measures time, too.
 */
@Tag("F7")
@Tag("F24")
class FaketimeIT {
  private static final String TOMORROW = "+1d";
  private static final String YESTERDAY = "-1d";
  private static final String IN_TEN_YEARS = "+3650d";

  /** Not the variant for several threads: under it a JVM may wait for ever for its own locks. */
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib64/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/faketime/libfaketime.so.1"));

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Path library = Path.of("");
  private LiveTable table;

  @BeforeEach
  void createVault() {
    Optional<Path> found = LIBRARIES.stream().filter(Files::isReadable).findFirst();
    assumeTrue(found.isPresent(), "libfaketime is not installed (apt install faketime)");
    library = found.orElseThrow();
    table = sandbox.fill(new SmallTable(TestingServers.newTableName("clock"), 300));
  }

  @Test
  void retentionTakesNeitherTomorrowNorYesterdayForToday() {
    sandbox.createVault();
    String today = backUp(sandbox.launcher());
    String tomorrow = backUp(at(TOMORROW));
    String yesterday = backUp(at(YESTERDAY));
    assertThat(List.of(yesterday, today, tomorrow)).as("ids tell the time").isSorted();
    for (String clock : List.of(YESTERDAY, TOMORROW)) {
      assertThat(ids(at(clock))).containsExactly(tomorrow, today, yesterday);
      at(clock).run("verify").succeeds();
    }

    sandbox.run("expire", "--keep-last", "1", "--confirm").succeeds();

    assertThat(ids(sandbox.launcher()))
        .as("one from the future neither counts nor goes")
        .containsExactly(tomorrow, today);
  }

  @Test
  void aClockFarInTheFutureExpiresNothingBeforeItsTime() {
    sandbox.createVault();
    backUp(sandbox.launcher(), "--delete-after", "12h");
    backUp(sandbox.launcher(), "--delete-after", "30d");
    backUp(sandbox.launcher());
    List<String> before = ids(sandbox.launcher());

    at(IN_TEN_YEARS).run("expire", "--confirm").succeeds();
    at(IN_TEN_YEARS).run("expire", "--keep-within", "30d", "--confirm").succeeds();
    at(IN_TEN_YEARS).run("gc", "--confirm").succeeds();

    assertThat(ids(sandbox.launcher()))
        .as("the vault's clock says that it is not time")
        .isEqualTo(before);
    sandbox.run("verify").succeeds();
  }

  @Test
  void aClockThatIsWrongTakesNoLeaseThatIsHeld() {
    sandbox.createVault();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (HttpFaultProxy proxy = HttpFaultProxy.before(Sandbox.endpoint())) {
      FaultPlan waiting =
          request -> {
            if (ProxiedRequest.ofOperation("Scan").test(request)) {
              reached.countDown();
              await(goOn);
            }
            return Optional.empty();
          };
      proxy.use(waiting);
      Running backup =
          sandbox
              .launcher()
              .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString())
              .start("backup", "--table", table.name());
      await(reached);

      for (String clock : List.of(TOMORROW, YESTERDAY)) {
        assertThat(at(clock).run("backup", "--table", table.name()).exits(11).err())
            .contains("another one runs since");
        at(clock).run("gc", "--confirm").succeeds();
      }

      goOn.countDown();
      backup.finish().succeeds();
    }
    LiveTable copy = sandbox.made(Sandbox.newName());
    sandbox.run("verify").succeeds();
    at(TOMORROW).run("restore", "--target-table", copy.name()).succeeds();
    assertThat(copy).hasSameItemsAs(table);
  }

  /**
   * What is signed at a wrong time is accepted once the service has told the right one. DynamoDB
   * Local looks at no signature's time: that a refused request is signed anew is another test's.
   */
  @Test
  void aClockThatIsWrongIsNoHindranceOnS3() {
    Launcher onS3 = sandbox.onS3();
    at(TOMORROW, onS3).run("vault", "create").succeeds();
    backUp(at(YESTERDAY, onS3));
    LiveTable copy = sandbox.made(Sandbox.newName());

    at(TOMORROW, onS3).run("restore", "--target-table", copy.name()).succeeds();

    assertThat(copy).hasSameItemsAs(table);
    onS3.run("verify").succeeds();
  }

  private String backUp(Launcher launcher, String... more) {
    List<String> command = new ArrayList<>(List.of("backup", "--table", table.name(), "--json"));
    command.addAll(List.of(more));
    List<JsonNode> lines = launcher.run(command.toArray(String[]::new)).succeeds().jsonLines();
    return lines.get(lines.size() - 2).path("recoveryPointId").textValue();
  }

  private static List<String> ids(Launcher launcher) {
    JsonNode list = launcher.run("list", "--json").succeeds().json();
    return list.path("recoveryPoints").findValuesAsText("recoveryPointId");
  }

  private Launcher at(String clock) {
    return at(clock, sandbox.launcher());
  }

  private Launcher at(String clock, Launcher launcher) {
    return launcher
        .with("LD_PRELOAD", library.toString())
        .with("FAKETIME", clock)
        .with("NO_FAKE_STAT", "1");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
