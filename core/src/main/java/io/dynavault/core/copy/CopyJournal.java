// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which files of a recovery point an earlier, interrupted copy has brought to the target. */
final class CopyJournal {
  private final ObjectStore store;
  private final RunJournal journal;
  private final Map<String, JsonNode> finished;

  private CopyJournal(ObjectStore store, RunJournal journal) {
    this.store = requireNonNull(store, "store is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.finished = journal.finished();
  }

  /**
   * Goes on with the journal of an interrupted copy, or begins one. The lease is ours.
   *
   * @throws DynavaultException {@code LEASE_HELD} if gc has begun to remove the interrupted copy
   */
  static CopyJournal open(
      Vault source, Vault target, RecoveryPoint point, Instant now, String toolVersion) {
    Optional<RunJournal> interrupted = target.runs().find(point.tableName(), point.id());
    if (interrupted.isPresent()) {
      if (interrupted.get().isGivenUp()) {
        throw new DynavaultException(
            ErrorCode.LEASE_HELD,
            "unable to copy recovery point '"
                + point.id()
                + "': what an earlier copy left of it is being removed",
            "finish the removal with: dynavault gc, then copy again");
      }
      return new CopyJournal(target.store(), interrupted.get());
    }
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    plan.put("sourceVault", source.config().id().toString());
    plan.put("sourceLocation", source.store().location().toString());
    ArrayNode beside = plan.putArray(RunRecord.FILES_BESIDE);
    point.export().filesBeside().forEach(beside::add);
    RunRecord run =
        new RunRecord(
            RunRecord.Kind.COPY,
            point.tableName(),
            point.id(),
            point.export().exportPrefix(),
            now,
            toolVersion,
            plan);
    return new CopyJournal(target.store(), target.runs().begin(run));
  }

  /** The files that are not in the target yet. */
  List<StoredFile> missing(List<StoredFile> files) {
    return files.stream().filter(file -> !isThere(file)).toList();
  }

  void finished(StoredFile file) {
    journal.finished(name(file), state(file));
  }

  void finish() throws InterruptedException {
    journal.finish();
  }

  /** A note of the same content, and a file of that size: it was checked when it was written. */
  private boolean isThere(StoredFile file) {
    return state(file).equals(finished.get(name(file)))
        && store.stat(file.key()).filter(info -> info.size() == file.size()).isPresent();
  }

  /** Unique for a key and a content, so that a note is never in the way of another one. */
  private static String name(StoredFile file) {
    return Integer.toHexString(file.key().hashCode()) + "-" + file.checksum().hex();
  }

  private static ObjectNode state(StoredFile file) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("key", file.key())
        .put(file.checksum().isMd5() ? "md5Checksum" : "sha256", file.checksum().value());
  }
}
