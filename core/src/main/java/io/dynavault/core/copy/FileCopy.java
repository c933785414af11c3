// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.StoredFile;
import java.security.MessageDigest;

/** Copies one file and makes sure that it is the one that is named. Safe for several threads. */
public final class FileCopy {
  private static final int BUFFER = 256 * 1024;

  private final ObjectStore from;
  private final ObjectStore to;
  private final Progress progress;
  private final Runnable check;

  /**
   * @param check fails when the copy must not go on
   */
  public FileCopy(ObjectStore from, ObjectStore to, Progress progress, Runnable check) {
    this.from = requireNonNull(from, "from is null");
    this.to = requireNonNull(to, "to is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.check = requireNonNull(check, "check is null");
  }

  /**
   * Copies the file, whole or not at all.
   *
   * @throws DynavaultException {@code DAMAGED} if it is not what the record says
   */
  public void copy(StoredFile file) {
    MessageDigest digest = file.checksum().algorithm().newDigest();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (ObjectDownload in = from.read(file.key());
        ObjectUpload out = to.upload(file.key())) {
      for (int read = in.read(buffer, 0, BUFFER); read >= 0; read = in.read(buffer, 0, BUFFER)) {
        check.run();
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        size += read;
        progress.addStored(read);
      }
      requireSame(file, size, file.checksum().algorithm().of(digest));
      out.commit();
    }
  }

  private static void requireSame(StoredFile file, long size, Checksum checksum) {
    if (size != file.size() || !checksum.equals(file.checksum())) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to copy '" + file.key() + "': its content is not what is recorded of it",
          "see what else is affected with: dynavault verify; put the file back from another copy");
    }
  }
}
