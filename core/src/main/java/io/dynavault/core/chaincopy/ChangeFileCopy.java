// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.copy.FileCopy;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.StoredFile;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Copies the change files of commits. Those that a copy which was cut short has brought are found
 * by listing the folder of their hour, once for many, and are not copied again: a file becomes
 * visible whole and checked, and nobody else gives one its name. Safe for several threads.
 */
final class ChangeFileCopy {
  private final Chain chain;
  private final ObjectStore target;
  private final FileCopy copy;
  private final Map<String, Map<String, Long>> sizes = new ConcurrentHashMap<>();
  private final LongAdder count = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  ChangeFileCopy(Chain chain, Carriage carriage) {
    this.chain = requireNonNull(chain, "chain is null");
    this.target = carriage.target().store();
    this.copy =
        new FileCopy(
            carriage.source().store(), target, carriage.context().progress(), carriage.check());
  }

  /** Files that were copied. */
  long count() {
    return count.sum();
  }

  /** Their stored bytes. */
  long bytes() {
    return bytes.sum();
  }

  /** Keeps memory small: folders are listed anew when they are needed again. */
  void forgetWhatIsThere() {
    sizes.clear();
  }

  /**
   * Copies the files of a commit.
   *
   * @throws DynavaultException {@code DAMAGED} if one is missing or not what the commit says
   */
  void copy(Commit commit) {
    for (ChangeFile file : commit.files()) {
      if (!isThere(file)) {
        copy(file);
        count.increment();
        bytes.add(file.size());
      }
    }
  }

  private void copy(ChangeFile file) {
    try {
      copy.copy(new StoredFile(file.key(), file.size(), file.checksum(), file.changes()));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.OBJECT_NOT_FOUND) {
        throw e;
      }
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to copy '" + file.key() + "': it is missing",
          "see what else is affected with: dynavault verify; put the file back from another copy",
          e);
    }
  }

  private boolean isThere(ChangeFile file) {
    String folder = file.key().substring(0, file.key().lastIndexOf('/') + 1);
    Long size = sizes.computeIfAbsent(folder, this::list).get(file.key());
    if (size != null && size != file.size()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_EXISTS,
          "unable to copy chain '%s' of table '%s': '%s' has another file '%s'"
              .formatted(chain.id(), chain.tableName(), target.location(), file.key()),
          "see what is affected with: dynavault verify; give another vault with --target-vault");
    }
    return size != null;
  }

  private Map<String, Long> list(String folder) {
    Map<String, Long> found = new HashMap<>();
    target.list(folder, info -> found.put(info.key(), info.size()));
    return found;
  }
}
