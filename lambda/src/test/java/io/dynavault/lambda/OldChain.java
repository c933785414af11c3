// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSettings;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that has been captured for some time: a commit every hour with a file of a hundred bytes,
 * and two bases of which the second is made between the third commit and the fourth. All times are
 * those of the objects, nobody waits.
 */
final class OldChain {
  static final int FILE_BYTES = 100;

  /** The second base is so much younger than the first one. */
  static final Duration BETWEEN_BASES = Duration.ofDays(3);

  private final Vault vault;
  private final ObjectStore store;
  private final ChainLog log;
  private final TableDefinition table;
  private long number;

  private OldChain(Vault vault, String tableName, Instant started) {
    this.vault = vault;
    this.store = vault.store();
    KeyAttribute pk = new KeyAttribute("pk", ScalarType.S);
    this.table =
        new TableDefinition(
            tableName,
            "arn:aws:dynamodb:us-east-1:123456789012:table/" + tableName,
            "5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47",
            KeySchema.of(pk),
            List.of(pk),
            List.of(),
            List.of(),
            BillingMode.PAY_PER_REQUEST,
            Optional.empty(),
            Optional.empty(),
            TableSettings.none());
    this.log =
        new ContinuousBackups(store)
            .create(
                new Chain(
                    new RecoveryPointId("%014d-0a1b2c3d".formatted(started.toEpochMilli())),
                    table,
                    table.tableArn() + "/stream/1",
                    started,
                    Map.of("shard-1", ShardPosition.trimHorizon(Optional.empty())),
                    "0.1.0"));
  }

  /**
   * Captures a table in a vault that is there.
   *
   * @param now when the last of five commits was written
   * @param age of the first base and of the chain, in whole hours
   */
  static OldChain of(Vault vault, String tableName, Instant now, Duration age) {
    Instant last = now.truncatedTo(ChronoUnit.HOURS);
    Instant started = last.minus(age);
    OldChain chain = new OldChain(vault, tableName, started);
    chain.addBase(started, 0, 0);
    for (int hour = 1; hour <= 3; hour++) {
      chain.commit(started.plus(Duration.ofHours(hour)));
    }
    chain.addBase(started.plus(BETWEEN_BASES), 3, 4);
    chain.commit(started.plus(BETWEEN_BASES).plus(Duration.ofHours(1)));
    chain.commit(last);
    return chain;
  }

  String id() {
    return log.chain().id().value();
  }

  /** The recovery point that is the first base. */
  RecoveryPointId firstBase() {
    return id(log.chain().started());
  }

  /** The numbers of the commits that can be read. */
  List<Long> commits() {
    ChainLog now = new ContinuousBackups(store).find(table.tableName(), log.chain().id()).get();
    return now.commitsFrom(now.firstNumber()).stream().map(Commit::number).toList();
  }

  /** How many change files there are. */
  int files() {
    int[] count = {0};
    store.list(log.chain().keys().data(), info -> count[0]++);
    return count[0];
  }

  int bases() {
    return log.bases().size();
  }

  private void commit(Instant time) {
    number++;
    String key = log.chain().keys().dataFile(time, "f" + number + ".json.gz");
    byte[] content = new byte[FILE_BYTES];
    store.put(key, content);
    Instant complete = time.minusSeconds(5);
    ChangeFile file =
        new ChangeFile(
            key,
            FILE_BYTES,
            Checksum.Algorithm.SHA256.of(content),
            2,
            time.minusSeconds(60),
            time.minusSeconds(6));
    boolean appended =
        log.append(
            new Commit(
                log.chain().id(),
                number,
                time,
                1,
                complete,
                List.of(file),
                Map.of("shard-1", ShardPosition.after("1" + number, Optional.empty())),
                new ChangeCounts(2, 0, 0, 0),
                Optional.empty()));
    if (!appended) {
      throw new AssertionError("somebody else captures " + table.tableName());
    }
  }

  private void addBase(Instant time, long afterCommit, long completeWith) {
    RecoveryPoint point = recoveryPoint(time);
    try (Lease lease = vault.leases().acquire(LeaseName.backup(table.tableName()))) {
      vault.commit(point, lease);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    log.add(
        new Base(log.chain().id(), point.id(), afterCommit, Optional.empty(), completeWith, time));
  }

  /** A full backup of one file that nobody reads. */
  private RecoveryPoint recoveryPoint(Instant time) {
    RecoveryPointId id = id(time);
    String prefix = "backups/" + table.tableName() + "/AWSDynamoDB/" + id;
    String key = prefix + "/manifest-summary.json";
    byte[] content = new byte[FILE_BYTES];
    store.put(key, content);
    StoredFile file = new StoredFile(key, FILE_BYTES, Checksum.Algorithm.SHA256.of(content), 0);
    return new RecoveryPoint(
        id,
        Method.SCAN,
        table,
        time,
        time.plusSeconds(60),
        new StoredExport(
            prefix,
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            0,
            0,
            List.of(file),
            Optional.empty()),
        RecoveryPoint.Consistency.NON_CONSISTENT,
        false,
        Optional.empty(),
        Map.of(),
        "0.1.0");
  }

  private static RecoveryPointId id(Instant time) {
    return new RecoveryPointId("%014d-1b2c3d4e".formatted(time.toEpochMilli()));
  }
}
