// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.util.Optional;

/** Says what the journal of a run means that is still there. */
record RunCheck(Vault vault, SecondLook second) {

  /** Nothing where the run has ended since it was listed. */
  Optional<Finding> check(RecoveryPointKey run) throws InterruptedException {
    String key = VaultKeys.runRecord(run.table(), run.id());
    if (vault.catalog().exists(run.table(), new RecoveryPointId(run.id()))) {
      return Optional.of(
          Finding.note(
              key,
              "the journal of a run that has committed its recovery point",
              Remedies.gc(vault.store())));
    }
    Optional<RunJournal> journal = second.look(() -> open(run), Optional::isPresent);
    if (journal.isPresent()) {
      return Optional.of(finding(key, run, journal.get()));
    }
    return second.stat(key).isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                key,
                "the journal cannot be read: the run cannot go on",
                Remedies.gc(vault.store())));
  }

  private Finding finding(String key, RecoveryPointKey run, RunJournal journal) {
    if (journal.isGivenUp()) {
      return Finding.note(
          key,
          "a run that gc has given up: its files are being removed, it cannot go on",
          Remedies.gc(vault.store()));
    }
    return Finding.note(
        key,
        "a run that has not ended: it runs now, or was interrupted and can go on",
        journal.run().kind() == RunRecord.Kind.BACKUP
            ? Remedies.resume(run.table())
            : "if no copy is running, run it again");
  }

  private Optional<RunJournal> open(RecoveryPointKey run) {
    try {
      return vault.runs().find(run.table(), new RecoveryPointId(run.id()));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
