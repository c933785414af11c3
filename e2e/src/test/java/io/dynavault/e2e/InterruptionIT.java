// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.testing.fault.Fault;
import io.dynavault.testing.fault.FaultPlan;
import io.dynavault.testing.fault.HttpFaultProxy;
import io.dynavault.testing.fault.ProxiedRequest;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backups that end before they are done, at a page that the test chooses. */
class InterruptionIT {
  private static final Predicate<ProxiedRequest> SCAN = ProxiedRequest.ofOperation("Scan");

  /** The page that never comes: some segments have been read by then, others have not. */
  private static final int PAGE = 6;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private final HttpFaultProxy proxy = HttpFaultProxy.before(Sandbox.endpoint());
  private Launcher launcher;

  @BeforeEach
  void createVault() {
    launcher =
        sandbox
            .launcher()
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString())
            .with("DYNAVAULT_SCAN_WORKERS", "2");
    sandbox.createVault();
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  @Test
  @Tag("G1")
  @Tag("G4")
  void aKilledBackupIsNotListedAndGoesOnWithResume() throws InterruptedException {
    LiveTable table = Sandbox.airports();
    Running backup = startedBackup(table, new Fault.Stall());

    backup.signal("KILL").finish().exits(137);

    assertThat(sandbox.run("list").succeeds().out()).isEqualTo("no recovery points\n");
    proxy.use(FaultPlan.none());
    Finished resumed = launcher.run("backup", "--table", table.name(), "--resume", "--json");
    JsonNode item = resumed.succeeds().jsonLines().get(resumed.jsonLines().size() - 2);
    assertThat(item.path("itemCount").intValue()).isEqualTo(BackupIT.AIRPORTS);
    assertThat(item.path("resumedFiles").intValue()).isPositive();
    assertThat(sandbox.run("list", "--json").json().path("recoveryPoints")).hasSize(1);
  }

  @Test
  void anInterruptedBackupSaysHowToGoOn() throws InterruptedException {
    LiveTable table = Sandbox.airports();
    Running backup = startedBackup(table, new Fault.Delay(Duration.ofSeconds(2)));

    Finished interrupted = backup.signal("INT").finish();

    assertThat(interrupted.exits(130).err())
        .contains("ending: finishing what is in flight; a second signal ends at once\n")
        .endsWith("HINT: run it again; a backup goes on with --resume\n");
    assertThat(sandbox.run("list").succeeds().out()).isEqualTo("no recovery points\n");
    Finished resumed = sandbox.run("backup", "--table", table.name(), "--resume").succeeds();
    assertThat(resumed.out()).contains("7,184");
  }

  @Test
  void aBackupOfAThrottledTableEndsInOrderAtTheFirstSigterm() throws InterruptedException {
    LiveTable table = Sandbox.airports();
    Running backup = startedBackup(table, throttling());

    Finished ended = backup.signal("TERM").finish();

    assertThat(ended.exits(143).err())
        .contains("ending: finishing what is in flight; a second signal ends at once\n")
        .endsWith("HINT: run it again; a backup goes on with --resume\n");
    Finished resumed = sandbox.run("backup", "--table", table.name(), "--resume").succeeds();
    assertThat(resumed.out()).contains("7,184");
  }

  @Test
  void theSecondSigtermEndsABackupAtOnce() throws InterruptedException {
    LiveTable table = Sandbox.airports();
    Running backup = startedBackup(table, new Fault.Stall());

    backup.signal("TERM").awaitErr("a second signal ends at once\n");
    backup.signal("TERM").finish().exits(143);

    assertThat(sandbox.run("list").succeeds().out()).isEqualTo("no recovery points\n");
    proxy.use(FaultPlan.none());
    launcher.run("backup", "--table", table.name(), "--resume").succeeds();
  }

  @Test
  void aSecondBackupOfTheTableIsRefusedWhileOneRuns() throws InterruptedException {
    LiveTable table = Sandbox.airports();
    Running first = startedBackup(table, new Fault.Stall());

    Finished second = sandbox.run("backup", "--table", table.name());

    assertThat(second.exits(11).err())
        .matches(
            "error: unable to begin the backup of table '%s': another one runs since \\S{20}: dynavault backup \\(host \\S+, process \\d+\\)\n"
                    .formatted(table.name())
                + "HINT: wait for it to end; if it died, its lease runs out 30 seconds after its"
                + " last sign of life\n");
    first.signal("KILL").finish();
  }

  private static Fault throttling() {
    String body =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
            + "\"message\":\"slow down\"}";
    return new Fault.Answer(
        400, Map.of("Content-Type", "application/x-amz-json-1.0"), body.getBytes(UTF_8));
  }

  /** A backup that has read some pages and waits for the next. */
  private Running startedBackup(LiveTable table, Fault fault) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    FaultPlan plan = FaultPlan.from(PAGE, SCAN, fault);
    proxy.use(
        request -> {
          Optional<Fault> injected = plan.faultFor(request);
          injected.ifPresent(late -> reached.countDown());
          return injected;
        });
    Running backup = launcher.start("backup", "--table", table.name());
    if (!reached.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError(
          "page " + PAGE + " was never read\n" + backup.signal("KILL").finish());
    }
    return backup;
  }
}
