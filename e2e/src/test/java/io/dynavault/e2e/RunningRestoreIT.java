// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.testing.fault.Fault;
import io.dynavault.testing.fault.FaultPlan;
import io.dynavault.testing.fault.HttpFaultProxy;
import io.dynavault.testing.fault.ProxiedRequest;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Restores that are at work, and wait for the answer to a write that the test holds back. */
class RunningRestoreIT {
  /** The write whose answer never comes: others have been done by then. */
  private static final int WRITE = 20;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private final HttpFaultProxy proxy = HttpFaultProxy.before(Sandbox.endpoint());
  private LiveTable source;
  private LiveTable target;

  @BeforeEach
  void backUp() throws InterruptedException {
    source = Sandbox.airports();
    target = sandbox.made(Sandbox.newName());
    sandbox.createVault();
    sandbox.backUp(source);
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  @Test
  void anInterruptedRestoreGoesOnWhenItIsRunAgain() throws InterruptedException {
    Running restore = startedRestore(new Fault.Delay(Duration.ofSeconds(1)));

    Finished interrupted = restore.signal("INT").finish();

    assertThat(interrupted.exits(130).err())
        .contains("ending: finishing what is in flight; a second signal ends at once\n")
        .endsWith("HINT: complete it by running it again with --resume\n");
    sandbox
        .run("restore", "--table", source.name(), "--target-table", target.name(), "--resume")
        .succeeds();
    assertThat(target).hasSameItemsAs(source);
  }

  @Test
  void whatARestoreReadsIsNeitherDeletedNorExpired() throws InterruptedException {
    Running restore = startedRestore(new Fault.Stall());
    sandbox.backUp(source);
    String read =
        sandbox
            .run("list", "--json")
            .json()
            .path("recoveryPoints")
            .get(1)
            .path("recoveryPointId")
            .textValue();

    assertThat(sandbox.run("delete", read, "--confirm").exits(11).err())
        .matches(
            "error: unable to delete recovery point '%s' of table '%s': it is read by dynavault restore \\(host \\S+, process \\d+\\)\n"
                    .formatted(read, source.name())
                + "HINT: wait for the other run to end; its lease runs out by itself if it"
                + " died\n");
    assertThat(sandbox.run("expire", "--keep-last", "1", "--confirm").out())
        .containsPattern(read + ".*  keep +read by dynavault restore ");
    assertThat(sandbox.run("list").out()).contains(read);

    restore.signal("KILL").finish().exits(137);
    sandbox.run("delete", read, "--confirm").succeeds();
  }

  /** A restore that has written some items and waits for the next answer. */
  private Running startedRestore(Fault fault) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    FaultPlan plan = FaultPlan.from(WRITE, ProxiedRequest.ofOperation("BatchWriteItem"), fault);
    proxy.use(
        request -> {
          Optional<Fault> injected = plan.faultFor(request);
          injected.ifPresent(late -> reached.countDown());
          return injected;
        });
    Running restore =
        sandbox
            .launcher()
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString())
            .start("restore", "--table", source.name(), "--target-table", target.name());
    if (!reached.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("no item was written\n" + restore.signal("KILL").finish());
    }
    return restore;
  }
}
