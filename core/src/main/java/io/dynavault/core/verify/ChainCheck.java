// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.CommitInventory;
import io.dynavault.core.continuous.CommitVisitor;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.item.KeyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One chain of a continuous backup: its commits without gaps and in order, every change file there
 * and, at the levels that read, whole; its bases are recovery points; its indexes can be read. Used
 * once.
 */
final class ChainCheck {
  /** So that a stop is noticed in time. */
  private static final int COMMITS_AT_ONCE = 1024;

  private final Vault vault;
  private final ChainLog log;
  private final VerifyRequest request;
  private final RunContext context;
  private final SecondLook second;
  private final ChainFiles files;
  private final List<Finding> findings = new ArrayList<>();
  private final CommitFindings unreadable = new CommitFindings();
  private Optional<Commit> last = Optional.empty();
  private long number;
  private long commits;

  ChainCheck(
      Vault vault, ChainLog log, VerifyRequest request, RunContext context, SecondLook second) {
    this.vault = requireNonNull(vault, "vault is null");
    this.log = requireNonNull(log, "log is null");
    this.request = requireNonNull(request, "request is null");
    this.context = requireNonNull(context, "context is null");
    this.second = requireNonNull(second, "second is null");
    Optional<KeyReader> keys =
        request.level().includes(VerifyLevel.DATA)
            ? Optional.of(new KeyReader(log.chain().table().keySchema()))
            : Optional.empty();
    this.files =
        new ChainFiles(
            vault.store(),
            new ChangeFileCheck(vault.store(), keys, second, context),
            second,
            new Parallel("verify", request.workers()));
  }

  VerifiedChain check() throws InterruptedException {
    checkCommits();
    CommitInventory inventory = log.inventory();
    inventory
        .unreadableIndexes()
        .forEach(
            key ->
                findings.add(
                    Finding.warning(
                        key,
                        "the index of an hour is damaged; its commits are read instead",
                        "put the object back from a copy of the vault")));
    checkObjects(inventory);
    checkEnd();
    look(log::origin);
    checkBases();
    findings.addAll(files.findings());
    return new VerifiedChain(
        log.chain().tableName(),
        log.chain().id(),
        commits,
        files.count(),
        files.read(),
        files.bytesRead(),
        files.changes(),
        last.map(Commit::completeTo),
        findings.stream().sorted(FindingOrder.BY_PLACE).toList());
  }

  /** Commits were read from indexes, and their own objects are what is left without those. */
  private void checkObjects(CommitInventory inventory) throws InterruptedException {
    long end = last.map(Commit::number).orElse(0L);
    CommitFindings missing = new CommitFindings();
    inventory.withoutObject(
        end,
        number ->
            addWarning(missing, number, "the commit is missing; the index of its hour has it"));
    CommitFindings damaged = new CommitFindings();
    if (request.level().includes(VerifyLevel.CHECKSUMS)) {
      for (long from = log.firstNumber(); from <= end; from += COMMITS_AT_ONCE) {
        FileCheck.requireNotStopped(context);
        for (long number : inventory.unreadable(from, Math.min(end, from + COMMITS_AT_ONCE - 1))) {
          addWarning(damaged, number, "the commit is damaged; the index of its hour has it");
        }
      }
    }
    findings.addAll(missing.list());
    findings.addAll(damaged.list());
  }

  /** One that is nowhere was found before. */
  private void addWarning(CommitFindings found, long number, String what) {
    if (!unreadable.has(number)) {
      found.add(
          number,
          Finding.warning(
              log.chain().keys().commit(number),
              what,
              "put the object back from a copy of the vault"));
    }
  }

  private void checkCommits() throws InterruptedException {
    long end = end();
    number = log.firstNumber() - 1;
    while (number < end) {
      long before = number;
      boolean walked =
          look(() -> {
                log.walk(number + 1, end, new Taking());
                return true;
              })
              .isPresent();
      FileCheck.requireNotStopped(context);
      files.readBatch();
      if (!walked || number == before) {
        break;
      }
    }
    findings.addAll(unreadable.list());
  }

  /** The number of the last commit; what keeps it from being told is found where all are read. */
  private long end() {
    try {
      return log.last().map(Commit::number).orElse(0L);
    } catch (DynavaultException e) {
      if (!isDamage(e)) {
        throw e;
      }
      return look(log.inventory()::last).orElse(0L);
    }
  }

  /** Takes commits, and goes on behind those that cannot be read. */
  private final class Taking implements CommitVisitor {
    /** Returns whether more may come before files are read. */
    @Override
    public boolean commit(Commit commit) {
      last.ifPresent(before -> requireOrder(before, commit));
      files.take(commit, ChainCheck.this::isWanted);
      last = Optional.of(commit);
      number = commit.number();
      commits++;
      return !files.isFull() && !context.stop().isRequested();
    }

    @Override
    public void unreadable(long damaged, DynavaultException damage) {
      log.requireNotExpired(damaged); // meanwhile
      number = damaged;
      unreadable.add(
          damaged,
          Finding.error(
              log.chain().keys().commit(damaged),
              String.valueOf(damage.getMessage()),
              Remedies.commit(log.chain().tableName())));
    }
  }

  private boolean isWanted() {
    return request.level().includes(VerifyLevel.CHECKSUMS)
        && (request.samplePercent() == 100
            || context.timing().random().nextDouble() * 100 < request.samplePercent());
  }

  private void requireOrder(Commit before, Commit commit) {
    if (commit.completeTo().isBefore(before.completeTo())
        || commit.hour().isBefore(before.hour())) {
      findings.add(
          Finding.error(
              log.chain().keys().commit(commit.number()),
              "its times are before those of the commit before it",
              Remedies.WRITER_AT_FAULT));
    }
  }

  private void checkEnd() {
    Optional<ChainEnd> end = look(log::end).orElse(Optional.empty());
    if (end.isPresent()
        && last.filter(commit -> !commit.completeTo().isBefore(end.get().completeTo())).isEmpty()
        && end.get().completeTo().isAfter(log.completeFrom())) {
      findings.add(
          Finding.error(
              log.chain().keys().end(),
              "it promises changes up to %s, which no commit has".formatted(end.get().completeTo()),
              Remedies.commit(log.chain().tableName())));
    }
  }

  private void checkBases() {
    Optional<List<Base>> bases = look(log::bases);
    if (bases.isEmpty()) {
      return;
    }
    long there = 0;
    for (Base base : bases.get()) {
      String key = log.chain().keys().base(base.recoveryPoint().value());
      if (!vault.catalog().exists(log.chain().tableName(), base.recoveryPoint())) {
        findings.add(
            Finding.warning(
                key,
                "a base whose recovery point is gone: nothing can be restored from it",
                "put the recovery point back from a copy of the vault, if it was not deleted"));
      } else if (base.completeWith() > last.map(Commit::number).orElse(0L)) {
        findings.add(
            Finding.error(
                key,
                "the base needs commit %d, and the last one is %d"
                    .formatted(base.completeWith(), last.map(Commit::number).orElse(0L)),
                Remedies.commit(log.chain().tableName())));
      } else {
        there++;
      }
    }
    if (there == 0) {
      findings.add(
          Finding.note(
              log.chain().keys().bases(),
              "the chain has no base: its changes can be looked at, and nothing restored from them",
              "if it has just begun, wait for its first backup to end"));
    }
  }

  /** What damage of one object is, is a finding; other failures end the verification. */
  private <T> Optional<T> look(Supplier<T> look) {
    for (int attempt = 1; ; attempt++) {
      try {
        T found = look.get();
        if (attempt > 1) {
          second.countPassing();
        }
        return Optional.of(found);
      } catch (DynavaultException e) {
        if (!isDamage(e)) {
          throw e;
        }
        if (attempt == 2) {
          addDamage(e);
          return Optional.empty();
        }
      }
    }
  }

  private static boolean isDamage(DynavaultException e) {
    return e.code() == ErrorCode.DAMAGED || e.code() == ErrorCode.FORMAT_UNSUPPORTED;
  }

  /** Said once, whoever met it. */
  private void addDamage(DynavaultException e) {
    Finding finding =
        Finding.error(
            log.chain().keys().folder(),
            String.valueOf(e.getMessage()),
            Remedies.commit(log.chain().tableName()));
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }
}
