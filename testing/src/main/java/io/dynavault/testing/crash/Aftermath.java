// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.PointFiles;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.verify.Finding;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.core.verify.VerifyRequest;
import io.dynavault.core.verify.VerifyResult;
import io.dynavault.core.verify.VerifyRun;
import io.dynavault.core.verify.VerifyTarget;
import io.dynavault.format.layout.ContinuousKeys;
import io.dynavault.format.layout.ObjectKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must be true of a vault after a crash. */
public final class Aftermath {
  private static final Duration LONG_AGO = GcPlanner.DEFAULT_GRACE.multipliedBy(2);

  private Aftermath() {}

  /** Every recovery point that is listed is whole, and nothing in the vault is damaged. */
  public static List<CatalogEntry> requireNothingHalf(Vault vault) throws InterruptedException {
    CatalogListing listing = vault.catalog().list();
    assertThat(listing.unreadable()).isEmpty();
    for (CatalogEntry entry : listing.entries()) {
      assertThat(new PointFiles(vault.store()).missing(entry.point())).isEmpty();
    }
    VerifyResult verified = verify(vault);
    assertThat(verified.sound()).as("sound: %s", verified.findings()).isTrue();
    assertThat(verified.exports()).hasSameSizeAs(listing.entries());
    return listing.entries();
  }

  /**
   * Days later gc leaves the recovery points and nothing else, and no finding of any kind.
   *
   * @param root folder of the vault; its files are made older
   */
  public static void requireNothingLeftByGc(Path root, Vault vault) throws InterruptedException {
    Folders.age(root, LONG_AGO);
    Duration grace = GcPlanner.DEFAULT_GRACE;
    GcResult result =
        new GcRun(vault, grace, ManagedBackups.none()).run(new GcPlanner(vault, grace).plan());
    assertThat(result.failed()).isEmpty();

    Set<String> expected = new TreeSet<>();
    expected.add(ObjectKeys.vault());
    for (CatalogEntry entry : vault.catalog().list().entries()) {
      expected.add(ObjectKeys.recoveryPoint(entry.tableName(), entry.id().value()));
      entry.point().files().forEach(file -> expected.add(file.key()));
    }
    for (String table : new ContinuousBackups(vault.store()).tables()) {
      new ContinuousBackups(vault.store()).chains(table).forEach(chain -> addAll(expected, chain));
    }
    List<String> found = new ArrayList<>();
    vault.store().list("", info -> found.add(info.key()));
    found.removeIf(Aftermath::isKept);
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    vault.store().listUnfinished(upload -> found.add(upload.id()));
    assertThat(found).as("unfinished uploads").hasSameSizeAs(expected);
    assertThat(verify(vault).findings()).isEmpty();
  }

  private static void addAll(Set<String> expected, ChainLog log) {
    ContinuousKeys keys = log.chain().keys();
    expected.add(keys.description());
    for (Base base : log.bases()) {
      expected.add(keys.base(base.recoveryPoint().value()));
    }
    for (Commit commit : log.commitsFrom(1)) {
      expected.add(keys.commit(commit.number()));
      commit.files().forEach(file -> expected.add(file.key()));
    }
    log.hours().forEach(hour -> expected.add(keys.hour(hour)));
  }

  /** Leases stay, so that their epochs never repeat. */
  private static boolean isKept(String key) {
    return key.equals("locks/clock.json") || key.endsWith("/lease.json");
  }

  private static VerifyResult verify(Vault vault) throws InterruptedException {
    VerifyRequest request =
        VerifyRequest.of(new VerifyTarget.WholeVault(vault), VerifyLevel.DATA, 2);
    VerifyResult result =
        new VerifyRun(request, RunContext.system("test", new StopSignal()), ManagedBackups.none())
            .run();
    assertThat(result.count(Finding.Severity.ERROR)).as("%s", result.findings()).isZero();
    return result;
  }
}
