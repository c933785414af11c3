// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.capture.ReplayedChain;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.scorecard.Figures;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * SIGKILL of the launcher at random moments while it captures a table that is changed all the time.
 * The next one goes on, and in the end every change is in the vault once. {@code
 * -Ddynavault.capture.kills=50} says how often, {@code -Ddynavault.seed} repeats the moments.
 */
@Tag("G9")
@Tag("G5")
class CaptureKillIT {
  private static final int KILLS = Integer.getInteger("dynavault.capture.kills", 3);
  private static final int ITEMS = 200;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(4);

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private final long seed = Long.getLong("dynavault.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private LiveTable table;
  private ObjectStore store;
  private Vault vault;
  private volatile boolean enough;

  @BeforeEach
  void fillTable() {
    table = sandbox.fill(new SmallTable(TestingServers.newTableName("captured"), ITEMS));
    store =
        new LocalStore(
            new StoreLocation.Folder(sandbox.file("vault")),
            RandomGenerator.of("L64X128MixRandom"));
    vault = TestingEngine.newVault(store);
  }

  private Running start() {
    return sandbox.launcher().start("continuous", "start", table.name(), "--flush-interval", "1s");
  }

  @Test
  void everyChangeIsThereOnceHoweverOftenItIsKilled() throws Exception {
    System.out.println(KILLS + " kills of captures with -Ddynavault.seed=" + seed);
    Running capture = start().awaitErr("capturing since");
    FutureTask<Integer> writer = new FutureTask<>(this::changeUntilEnough);
    new Thread(writer, "writer").start();
    for (int kill = 0; kill < KILLS; kill++) {
      capture.endsWithin(LONGEST_LIFE.multipliedBy(random.nextInt(1000)).dividedBy(1000));
      capture.kill();
      assertThat(capture.finish().exitCode()).isEqualTo(137);
      capture = start().awaitErr("going on from");
    }
    enough = true;
    int changes = writer.get(1, TimeUnit.MINUTES);
    capture.signal("TERM").finish().succeeds();
    sandbox.run("continuous", "start", table.name(), "--once").succeeds();

    ReplayedChain chain = ReplayedChain.of(vault, table.name());
    assertThat(new ContinuousBackups(store).ids(table.name())).hasSize(1);
    assertThat(chain.sequenceNumbers()).doesNotHaveDuplicates().isSorted().hasSize(changes);
    assertThat(chain.chain().bases()).hasSize(1);
    assertThat(chain.contents()).isEqualTo(table.contents());
    assertThat(orphans(chain)).as("files that no commit names").isLessThanOrEqualTo(KILLS);
    new Figures("capture-kills").add("kills", KILLS).add("losses", 0).write();
  }

  /** Every put changes its item; returns how many there were. */
  private int changeUntilEnough() {
    int changes = 0;
    while (!enough) {
      String item = "item " + changes % ITEMS;
      table.put("{\"id\":{\"S\":\"%s\"},\"round\":{\"N\":\"%d\"}}".formatted(item, changes));
      changes++;
    }
    return changes;
  }

  private long orphans(ReplayedChain chain) {
    List<String> named =
        chain.chain().commitsFrom(1).stream()
            .flatMap(commit -> commit.files().stream())
            .map(ChangeFile::key)
            .toList();
    List<String> keys = new ArrayList<>();
    store.list(chain.chain().chain().keys().data(), info -> keys.add(info.key()));
    return keys.stream().filter(key -> !named.contains(key)).count();
  }
}
