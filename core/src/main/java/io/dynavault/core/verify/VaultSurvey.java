// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.vault.LockState;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Finds the recovery points of a vault, and what else lies in it. Used once. */
final class VaultSurvey {
  private final Vault vault;
  private final RecordCheck records;
  private final SecondLook second;
  private final int workers;
  private final List<RecoveryPoint> points = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<ChainLog> chains = new ArrayList<>();
  private final Set<RecoveryPointKey> known = new HashSet<>();

  VaultSurvey(Vault vault, SecondLook second, int workers) {
    this.vault = requireNonNull(vault, "vault is null");
    this.second = requireNonNull(second, "second is null");
    this.records = new RecordCheck(vault, second);
    this.workers = workers;
  }

  /** Everything in the vault. */
  void surveyAll() throws InterruptedException {
    readRecords(ObjectKeys.recoveryPoints());
    findRuns(VaultKeys.RUNS);
    findDeletions(VaultKeys.DELETIONS);
    findExportsWithoutRecord();
    for (String table : new ContinuousBackups(vault.store()).tables()) {
      findChains(table);
    }
    checkLock();
  }

  /**
   * What there is of one table.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where it has no recovery point
   */
  void surveyTable(String tableName) throws InterruptedException {
    readRecords(ObjectKeys.recoveryPoints(tableName));
    findChains(tableName);
    findUndescribedChains(tableName);
    if (known.isEmpty() && chains.isEmpty() && findings.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to verify table '" + tableName + "': it has no recovery point");
    }
    findRuns(VaultKeys.RUNS + tableName + "/");
    findDeletions(VaultKeys.DELETIONS + tableName + "/");
  }

  /**
   * One recovery point.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where it does not exist
   */
  void surveyPoint(RecoveryPointKey key) throws InterruptedException {
    RecordCheck.Read read = records.read(key);
    if (read.point().isEmpty() && read.finding().isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to verify recovery point '"
              + key.id()
              + "' of table '"
              + key.table()
              + "': there is none");
    }
    add(key, read);
  }

  /** Readable recovery points, by table and then oldest first. */
  List<RecoveryPoint> points() {
    return points.stream()
        .sorted(Comparator.comparing(RecoveryPoint::tableName).thenComparing(RecoveryPoint::id))
        .toList();
  }

  /** Readable chains of continuous backups, by table and then oldest first. */
  List<ChainLog> chains() {
    return List.copyOf(chains);
  }

  List<Finding> findings() {
    return findings.stream().sorted(FindingOrder.BY_PLACE).toList();
  }

  private void readRecords(String prefix) throws InterruptedException {
    List<RecoveryPointKey> keys = new ArrayList<>();
    vault
        .store()
        .list(prefix, info -> ObjectKeys.parseRecoveryPoint(info.key()).ifPresent(keys::add));
    List<Callable<RecordCheck.Read>> tasks = new ArrayList<>();
    keys.forEach(key -> tasks.add(() -> records.read(key)));
    List<RecordCheck.Read> reads = new Parallel("verify", workers).run(tasks);
    for (int at = 0; at < keys.size(); at++) {
      add(keys.get(at), reads.get(at));
    }
  }

  private void add(RecoveryPointKey key, RecordCheck.Read read) {
    known.add(key);
    read.point().ifPresent(points::add);
    read.finding().ifPresent(findings::add);
  }

  private void findChains(String tableName) throws InterruptedException {
    ContinuousBackups backups = new ContinuousBackups(vault.store());
    for (RecoveryPointId id : backups.ids(tableName)) {
      Optional<ChainLog> log =
          second.look(() -> chain(backups, tableName, id), Optional::isPresent);
      log.ifPresent(chains::add);
      if (log.isEmpty()) {
        findings.add(
            Finding.error(
                new ContinuousKeys(tableName, id.value()).description(),
                "the description of a continuous backup is damaged: nothing of it can be restored",
                Remedies.commit(tableName)));
      }
    }
  }

  private void findUndescribedChains(String tableName) {
    UndescribedChains undescribed = new UndescribedChains();
    vault
        .store()
        .list(ContinuousKeys.CONTINUOUS + tableName + "/", info -> undescribed.look(info.key()));
    findings.addAll(undescribed.findings(second));
  }

  private static Optional<ChainLog> chain(
      ContinuousBackups backups, String tableName, RecoveryPointId id) {
    try {
      return backups.find(tableName, id);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void findRuns(String prefix) throws InterruptedException {
    List<RecoveryPointKey> runs = new ArrayList<>();
    vault
        .store()
        .list(
            prefix,
            info -> VaultKeys.parse(info.key(), VaultKeys.RUNS, "/run.json").ifPresent(runs::add));
    for (RecoveryPointKey run : runs) {
      known.add(run);
      new RunCheck(vault, second).check(run).ifPresent(findings::add);
    }
  }

  private void findDeletions(String prefix) {
    vault
        .store()
        .list(
            prefix,
            info ->
                VaultKeys.parseDeletion(info.key())
                    .ifPresent(
                        key -> {
                          known.add(key);
                          findings.add(
                              Finding.note(
                                  info.key(),
                                  "a deletion that has not ended: it runs, or was cut short",
                                  Remedies.gc(vault.store())));
                        }));
  }

  /** A record that a listing left out is found here, by its key; a lost description, too. */
  private void findExportsWithoutRecord() throws InterruptedException {
    UnknownExports exports = new UnknownExports(known, points);
    UndescribedChains undescribed = new UndescribedChains();
    vault
        .store()
        .list(
            "",
            info -> {
              exports.look(info.key());
              undescribed.look(info.key());
            });
    findings.addAll(undescribed.findings(second));
    for (RecoveryPointKey key : exports.keys()) {
      RecordCheck.Read read = records.read(key);
      if (read.point().isPresent() || read.finding().isPresent()) {
        add(key, read);
      } else {
        findings.add(exports.finding(key));
      }
    }
  }

  private void checkLock() throws InterruptedException {
    Optional<LockState> state = second.look(this::lockState, Optional::isPresent);
    if (state.isEmpty()) {
      findings.add(
          Finding.error(
              VaultKeys.LOCK_LOG,
              "the log of the vault's lock is damaged: nothing can be deleted",
              "put the missing or damaged entry back from a copy of the vault"));
      return;
    }
    for (String key : state.get().ignored()) {
      findings.add(
          Finding.warning(
              key,
              "somebody tried to loosen the vault's lock by hand; it is ignored",
              "find out who wrote it"));
    }
  }

  private Optional<LockState> lockState() {
    try {
      return Optional.of(vault.lockLog().state());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
