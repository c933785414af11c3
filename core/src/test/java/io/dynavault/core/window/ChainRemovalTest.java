// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.VaultLock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two chains, the second of which goes on. */
class ChainRemovalTest {
  private final TestingWindow table = new TestingWindow();
  private final CatalogEntry base = table.base();
  private final ChainRemoval removal = new ChainRemoval(table.testing.vault);

  @BeforeEach
  void capture() {
    table.capture(Duration.ofHours(3));
    table.end();
    table.begin();
    table.capture(Duration.ofHours(2));
  }

  @Test
  void nothingIsLeftButTheRecoveryPoints() throws Exception {
    assertThat(removal.run("orders")).hasSize(2);
    assertThat(table.testing.keys("continuous/")).isEmpty();
    assertThat(table.testing.keys("chains/")).isEmpty();
    assertThat(table.testing.vault.catalog().exists("orders", base.id())).isTrue();
  }

  @Test
  void aPlanTouchesNothing() throws Exception {
    List<String> before = table.testing.keys("continuous/");
    assertThat(removal.plan("orders")).hasSize(2).allMatch(ChainDecision::removes);
    assertThat(table.testing.keys("continuous/")).isEqualTo(before);
    assertThat(table.backups.ids("orders")).hasSize(2);
  }

  @Test
  void aTableThatIsCapturedIsRefused() throws Exception {
    try (Lease capture =
        table.testing.on("elsewhere").leases().acquire(LeaseName.continuous("orders"))) {
      table.testing.time.every(Duration.ofSeconds(10), capture::renew);
      failure(ErrorCode.LEASE_HELD, () -> removal.run("orders"));
    }
    assertThat(table.commitKeys()).hasSize(6);
  }

  @Test
  void whatIsHeldOrLockedStaysWithAllOfIt() throws Exception {
    table.hold(base);
    assertThat(failure(ErrorCode.LOCKED, () -> removal.run("orders")))
        .hasMessageContaining("held by");
    table.release(base);
    table.testing.vault.lockLog().lock(VaultLock.governance(1, OptionalInt.empty()));
    failure(ErrorCode.LOCKED, () -> removal.run("orders"));
    assertThat(table.backups.ids("orders")).hasSize(2);

    table.testing.time.pass(Duration.ofDays(2));
    removal.run("orders");
    assertThat(table.testing.keys("continuous/")).isEmpty();
  }
}
