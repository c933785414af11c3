// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static io.dynavault.core.continuous.TestingLog.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.TestingHolders;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.core.verify.Finding;
import io.dynavault.core.verify.TestingExport;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ContinuousKeys;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A vault with a chain that gets a commit of one file every quarter of an hour, the first two of
 * them in the hour of the start, and a vault that it is copied to.
 */
final class TwoVaults {
  final TestingVault source = new TestingVault();
  final MemoryStore copies = MemoryStore.isolated(new StoreLocation.Memory("copies"), source.time);
  final Vault target =
      Vault.create(
          copies,
          new VaultConfig(new UUID(3, 4), "copies", source.time.instant(), Map.of(), "0.1.0"),
          TestingHolders.holder("copier"),
          source.settings());
  final ChainLog chain = new ContinuousBackups(source.memory).create(TestingLog.chain("orders"));
  final ContinuousKeys keys = chain.chain().keys();
  final StopSignal stop = new StopSignal();

  void append(int from, int to) {
    for (int number = from; number <= to; number++) {
      assertThat(chain.append(TestingLog.commit(number, number * 900L, 1, file(number)))).isTrue();
    }
  }

  String fileKey(int number) {
    return keys.dataFile(START.plusSeconds(number * 900L), "f" + number + ".json.gz");
  }

  /** Two items put within two seconds. */
  private ChangeFile file(int number) {
    byte[] content = TestingLog.changes("k" + number + "a", "k" + number + "b");
    source.memory.put(fileKey(number), content);
    return new ChangeFile(
        fileKey(number),
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        2,
        START,
        START.plusSeconds(1));
  }

  /** A recovery point of one item that is a base after a commit. */
  RecoveryPoint base(int afterCommit) {
    return base(chain.chain(), afterCommit);
  }

  RecoveryPoint base(Chain of, int afterCommit) {
    Instant start = START.plusSeconds(afterCommit * 900L + 1);
    RecoveryPoint point =
        new TestingExport("orders", start.toString(), OutputFormat.DYNAMODB_JSON, Compression.GZIP)
            .file("{\"pk\":{\"S\":\"a\"}}")
            .commit(source);
    log(of)
        .add(new Base(of.id(), point.id(), afterCommit, Optional.empty(), afterCommit + 1L, start));
    return point;
  }

  private ChainLog log(Chain of) {
    return new ContinuousBackups(source.memory).find("orders", of.id()).orElseThrow();
  }

  void end() {
    Instant last = chain.last().orElseThrow().completeTo();
    chain.end(new ChainEnd(TestingLog.ID, ChainEnd.Reason.TRIMMED, "it was away", last, last));
  }

  /** Expires as retention does: what is read no more, and then what it named. */
  static void expire(ChainLog log, ObjectStore store, int through) {
    log.expire(new Expiry(TestingLog.ID, through, START.plusSeconds(through * 900L), START));
    for (int number = 1; number <= through; number++) {
      store.delete(log.chain().keys().commit(number));
    }
  }

  ChainLog copy() {
    return new ContinuousBackups(copies).find("orders", TestingLog.ID).orElseThrow();
  }

  Vault open(ObjectStore store) {
    return Vault.open(store, TestingHolders.holder("copier"), source.settings());
  }

  ChainCopyPlan plan() {
    return plan(target);
  }

  ChainCopyPlan plan(Vault to) {
    return new ChainCopyPlanner(source.vault, to).plan(new ChainCopyRequest(List.of("orders"), 1));
  }

  /** Plans and copies. */
  List<Outcome<ChainCopyResult>> run() throws InterruptedException {
    return run(source.vault, target);
  }

  List<Outcome<ChainCopyResult>> run(Vault from, Vault to) throws InterruptedException {
    ChainCopyPlan plan =
        new ChainCopyPlanner(from, to).plan(new ChainCopyRequest(List.of("orders"), 1));
    return run(from, to, plan);
  }

  List<Outcome<ChainCopyResult>> run(Vault from, Vault to, ChainCopyPlan plan)
      throws InterruptedException {
    RunContext context =
        new RunContext(
            new Timing(source.time, source.time, new Random(1)),
            source.time,
            new Progress("copy"),
            stop);
    return new ChainCopyRun(from, to, context, "0.1.0").run(plan);
  }

  static ChainCopyResult succeeded(List<Outcome<ChainCopyResult>> outcomes) {
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).failure()).isEmpty();
    return outcomes.get(0).result().orElseThrow();
  }

  /** The contents of what a copy has in common with its source, by key. */
  static Map<String, String> objects(ObjectStore store) {
    Map<String, String> contents = new TreeMap<>();
    for (String prefix : List.of("chains/", "continuous/", "recovery-points/", "20")) {
      store.list(prefix, info -> contents.put(info.key(), ""));
    }
    contents.keySet().removeIf(key -> key.endsWith("/copied.json"));
    contents.replaceAll((key, none) -> content(store, key));
    return contents;
  }

  private static String content(ObjectStore store, String key) {
    try (InputStream in = store.read(key)) {
      return HexFormat.of().formatHex(in.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What verify says of the target. */
  List<Finding> findings() {
    return TestingExport.verify(target, VerifyLevel.DATA).findings();
  }

  List<String> targetKeys(String prefix) {
    List<String> found = new ArrayList<>();
    copies.list(prefix, info -> found.add(info.key()));
    return found;
  }
}
