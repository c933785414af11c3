// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.crash.Aftermath;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.scorecard.Figures;
import io.dynavault.testing.table.LiveTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * SIGKILL of the launcher at random moments of backups and restores. Whenever it comes, nothing
 * half is listed, the next command ends well, and item by item nothing is lost. {@code
 * -Ddynavault.kills=200} says how often, {@code -Ddynavault.seed} repeats the moments of a run.
 */
@Tag("G1")
@Tag("G4")
@Tag("G11")
class KillIT {
  private static final int KILLS = Integer.getInteger("dynavault.kills", 20);
  private static final int ITEMS = 600;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private final long seed = Long.getLong("dynavault.seed", System.nanoTime());
  private final Random seeds = new Random(seed);
  private final Figures figures = new Figures("kills");
  private LiveTable table;
  private SortedMap<String, String> contents;

  @BeforeEach
  void fillTable() {
    table = sandbox.fill(new SmallTable(TestingServers.newTableName("killed"), ITEMS));
    contents = table.contents();
  }

  @Test
  void noKillLosesAnything() throws Exception {
    System.out.println(KILLS + " kills with -Ddynavault.seed=" + seed);
    createVault("vault");
    Moments backups = Moments.of(sandbox.launcher(), "Scan", "backup", "--table", table.name());
    LiveTable clean = sandbox.made(Sandbox.newName());
    Moments restores = Moments.of(sandbox.launcher(), "BatchWriteItem", restore(clean));
    List<Callable<Void>> kills = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Random random = new Random(seeds.nextLong());
      String vault = "vault-" + kill;
      LiveTable target = kill % 2 == 0 ? table : sandbox.made(Sandbox.newName());
      kills.add(
          () -> {
            try {
              if (target.equals(table)) {
                killBackup(vault, backups, random);
              } else {
                killRestore(target, restores, random);
              }
              return null;
            } catch (AssertionError | RuntimeException e) {
              throw new AssertionError("kill " + vault + " with seed " + seed, e);
            }
          });
    }
    runAll(kills);
    figures.add("losses", 0).write(); // a loss fails the test before
  }

  private void killBackup(String name, Moments moments, Random random) throws InterruptedException {
    Vault vault = createVault(name);
    Launcher launcher = sandbox.launcher().with("DYNAVAULT_VAULT", name);
    kill(moments, launcher, random, "backup", "--table", table.name());

    List<CatalogEntry> listed = Aftermath.requireNothingHalf(vault);
    if (listed.isEmpty()) {
      boolean begun = !vault.runs().unfinished(table.name()).isEmpty();
      String[] again =
          begun
              ? new String[] {"backup", "--table", table.name(), "--resume"}
              : new String[] {"backup", "--table", table.name()};
      launcher.run(again).succeeds();
      listed = Aftermath.requireNothingHalf(vault);
    }
    assertThat(listed).hasSize(1);
    Aftermath.requireNothingLeftByGc(sandbox.file(name), vault);
    try (TestingEngine engine = TestingEngine.of(vault, Sandbox.endpoint())) {
      assertThat(engine.compare(listed.get(0).point(), table.name()))
          .isEqualTo(new CompareResult(ITEMS, 0, 0, 0));
    }
  }

  private void killRestore(LiveTable target, Moments moments, Random random)
      throws InterruptedException {
    kill(moments, sandbox.launcher(), random, restore(target));

    restoreAgain(target);
    assertThat(target).hasContents(contents);
  }

  /** What a user does who finds a table after a restore that has died, or none. */
  private void restoreAgain(LiveTable target) {
    if (target.exists()) {
      Finished resumed = sandbox.run(restore(target, "--resume"));
      if (resumed.exitCode() != 0) {
        assertThat(resumed.err()).contains("that has created it and not ended");
      }
    } else {
      Finished again = sandbox.run(restore(target));
      if (again.exitCode() != 0) {
        // The server was still at the killed command's last request: now the table is there.
        assertThat(target.exists()).as("%s", again).isTrue();
        restoreAgain(target);
      }
    }
  }

  private String[] restore(LiveTable target, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("restore", "--table", table.name(), "--target-table", target.name()));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private void kill(Moments moments, Launcher launcher, Random random, String... command)
      throws InterruptedException {
    boolean atWork = moments.kill(launcher, random, command);
    figures.add("runs", 1).add(atWork ? "killedAtWork" : "endedBefore", 1);
  }

  private Vault createVault(String name) {
    ObjectStore store =
        new LocalStore(
            new StoreLocation.Folder(sandbox.file(name)), RandomGenerator.of("L64X128MixRandom"));
    return TestingEngine.newVault(store);
  }

  private static void runAll(List<Callable<Void>> kills) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> kill : threads.invokeAll(kills)) {
        kill.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
