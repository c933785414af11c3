// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.delete.Protections;
import io.dynavault.core.pitr.CommittedChanges;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A vault in which a table is captured: a commit every twenty minutes, and bases. */
final class TestingWindow {
  private static final Duration STEP = Duration.ofMinutes(20);

  final TestingVault testing = new TestingVault();
  final ContinuousBackups backups = new ContinuousBackups(testing.memory);
  ChainLog log = begin();
  private long number;

  /** Ends the chain, if there is one, and begins another one. */
  ChainLog begin() {
    Instant now = testing.time.instant();
    RecoveryPointId id = new RecoveryPointId("%014d-0a1b2c3d".formatted(now.toEpochMilli()));
    var template = TestingLog.chain("orders", id);
    number = 0;
    log =
        backups.create(
            new Chain(
                id, template.table(), template.streamArn(), now, template.positions(), "0.1.0"));
    return log;
  }

  void end() {
    log.end(
        new ChainEnd(
            log.chain().id(),
            ChainEnd.Reason.TRIMMED,
            "records are lost",
            log.last().map(Commit::completeTo).orElse(log.chain().started()),
            testing.time.instant()));
  }

  /** Captures for a while. */
  void capture(Duration time) {
    Instant until = testing.time.instant().plus(time);
    while (testing.time.instant().isBefore(until)) {
      testing.time.pass(STEP);
      commit();
    }
  }

  /** Commits a file with changes of the last twenty minutes. */
  void commit() {
    Instant now = testing.time.instant();
    number++;
    String key = log.chain().keys().dataFile(now, "f" + number + ".json.gz");
    byte[] content = ("changes " + number).getBytes(UTF_8);
    testing.memory.put(key, content);
    ChangeFile file =
        new ChangeFile(
            key,
            content.length,
            Checksum.Algorithm.SHA256.of(content),
            2,
            now.minus(STEP),
            now.minusSeconds(6));
    log.append(
        new Commit(
            log.chain().id(),
            number,
            now,
            1,
            now.minusSeconds(5),
            List.of(file),
            Map.of("shard-1", ShardPosition.after("1" + number, Optional.empty())),
            new ChangeCounts(2, 0, 0, 0),
            Optional.empty()));
  }

  /** Makes a full backup of now a base, as a compaction does. */
  CatalogEntry base() {
    CatalogEntry entry = testing.commit("orders", testing.time.instant().toString());
    Instant moment = log.last().map(Commit::completeTo).orElse(log.chain().started());
    log.add(new Base(log.chain().id(), entry.id(), number, Optional.of(moment), number, moment));
    return entry;
  }

  List<ChainDecision> plan(Duration window) throws InterruptedException {
    return plan(testing.vault, window);
  }

  static List<ChainDecision> plan(Vault vault, Duration window) throws InterruptedException {
    return new WindowSurvey(vault, Protections.of(vault)).plan(Optional.of(window));
  }

  List<ChainDecision> expire(Duration window) throws InterruptedException {
    return expire(testing.vault, window);
  }

  static List<ChainDecision> expire(Vault vault, Duration window) throws InterruptedException {
    List<ChainDecision> decisions = plan(vault, window);
    for (ChainDecision decision : decisions) {
      new WindowRun(vault).run(decision);
    }
    return decisions;
  }

  void hold(CatalogEntry entry) throws InterruptedException {
    testing
        .vault
        .holds()
        .hold("orders", entry.id(), new Hold("audit", "ann@laptop", testing.time.instant()));
  }

  void release(CatalogEntry entry) {
    testing
        .vault
        .holds()
        .release("orders", entry.id(), new Hold("over", "ann@laptop", testing.time.instant()));
  }

  /** The last moment that can be restored. */
  Optional<Instant> latest() {
    return RecoveryWindows.of(testing.memory, testing.vault.catalog(), "orders").latest();
  }

  /** Plans a moment, and says whether all is there that the plan reads. */
  boolean isRestorable(Instant moment) {
    MomentPlanner planner =
        new MomentPlanner(testing.memory, testing.vault.catalog(), testing.time);
    RecoveryWindows windows = RecoveryWindows.of(testing.memory, testing.vault.catalog(), "orders");
    if (windows.list().stream().noneMatch(window -> window.contains(moment))) {
      return false;
    }
    MomentPlan plan = planner.plan(windows, moment, Set.of());
    CommittedChanges changes = (CommittedChanges) plan.source();
    ChainLog chain = backups.find("orders", changes.chain()).orElseThrow();
    return chain.commits(changes.firstCommit(), changes.lastCommit()).stream()
        .flatMap(commit -> commit.files().stream())
        .allMatch(file -> testing.memory.stat(file.key()).isPresent());
  }

  /** Change files that no commit names. */
  Set<String> orphans() {
    Set<String> files = new HashSet<>(testing.keys(log.chain().keys().data()));
    log.last()
        .ifPresent(
            last ->
                log.walk(
                    log.firstNumber(),
                    last.number(),
                    commit -> {
                      commit.files().forEach(file -> files.remove(file.key()));
                      return true;
                    }));
    return files;
  }

  List<String> commitKeys() {
    return new ArrayList<>(testing.keys(log.chain().keys().commits()));
  }
}
