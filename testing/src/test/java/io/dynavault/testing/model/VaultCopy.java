// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.store.retry.RetryingStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.testing.simulation.SimulatedTime;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.FaultyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A copy of a world's vault with a time of its own, to which something is done. */
final class VaultCopy {
  private final CapturedWorld world;
  private final Random random = new Random(1);
  private final SimulatedTime time;
  private final MemoryStore store;
  private FaultyStore faulty;

  VaultCopy(CapturedWorld world) {
    this.world = world;
    this.time = new SimulatedTime(world.time().instant());
    this.store = MemoryStore.isolated(time);
    this.faulty = new FaultyStore(store, Faults.none());
    List<String> keys = new ArrayList<>();
    world.store().list("", info -> keys.add(info.key()));
    for (String key : keys) {
      try (ObjectDownload object = world.store().read(key)) {
        store.put(key, object.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  SimulatedTime time() {
    return time;
  }

  Random random() {
    return random;
  }

  void pass(Duration duration) {
    time.pass(duration);
  }

  /** The vault as a process sees it whose calls go wrong. */
  Vault open(Faults faults) {
    faulty = new FaultyStore(store, faults);
    LeaseSettings settings =
        new LeaseSettings(LeaseSettings.DEFAULT_TTL, time, time, time, ProcessProbe.none());
    return Vault.open(
        new RetryingStore(faulty, time, random), Holder.of("host", 1, "test", random), settings);
  }

  /** Calls of the process that opened it last. */
  int calls() {
    return faulty.calls();
  }

  RunContext context() {
    return new RunContext(
        new Timing(time, time, random), time, new Progress("copy"), new StopSignal());
  }

  KnownHistory history() {
    return new KnownHistory(world, store);
  }

  private List<ChainLog> chains() {
    return history().chains();
  }

  /** Deletes the bases from before a moment. */
  void expireBefore(Instant moment) throws InterruptedException {
    Vault vault = open(Faults.none());
    for (ChainLog chain : chains()) {
      for (Base base : chain.bases()) {
        if (base.restorableFrom().isBefore(moment)) {
          CatalogEntry entry =
              vault.catalog().get(world.table().name(), base.recoveryPoint()).orElseThrow();
          new DeleteRun(vault, ManagedBackups.none()).delete(entry);
        }
      }
    }
  }

  /** Days later. */
  void collectGarbage() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      time.pass(Duration.ofHours(25));
      Vault vault = open(Faults.none());
      GcResult result =
          new GcRun(vault, GcPlanner.DEFAULT_GRACE, ManagedBackups.none())
              .run(new GcPlanner(vault, GcPlanner.DEFAULT_GRACE).plan());
      assertThat(result.failed()).isEmpty();
    }
  }

  /** Whether all that is there is needed: by a recovery point or by a chain. */
  void requireNothingLeftOver() {
    Set<String> needed = new HashSet<>(Set.of(ObjectKeys.vault()));
    Set<RecoveryPointId> points = new HashSet<>();
    for (CatalogEntry entry : open(Faults.none()).catalog().list().entries()) {
      points.add(entry.id());
      needed.add(ObjectKeys.recoveryPoint(entry.tableName(), entry.id().value()));
      entry.point().files().stream().map(StoredFile::key).forEach(needed::add);
    }
    for (ChainLog chain : chains()) {
      assertThat(chain.bases()).extracting(Base::recoveryPoint).isSubsetOf(points);
      for (Commit commit : chain.commitsFrom(1)) {
        needed.add(chain.chain().keys().commit(commit.number()));
        commit.files().stream().map(ChangeFile::key).forEach(needed::add);
      }
    }
    List<String> orphans = new ArrayList<>();
    store.list(
        "",
        info -> {
          if (!needed.contains(info.key()) && !belongsToEveryChain(info.key())) {
            orphans.add(info.key());
          }
        });
    store.listUnfinished(upload -> orphans.add(upload.toString()));
    assertThat(orphans).as("what nobody needs").isEmpty();
  }

  private static boolean belongsToEveryChain(String key) {
    return key.startsWith("locks/")
        || key.startsWith("chains/")
        || key.contains("/hours/")
        || key.contains("/bases/");
  }
}
