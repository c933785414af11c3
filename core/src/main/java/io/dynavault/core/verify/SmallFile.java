// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A file of a recovery point that is no data file, read whole and compared with the record.
 *
 * @param problem what is wrong with it; empty where nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
record SmallFile(byte[] content, String problem) {
  /** More than the manifest of two hundred thousand data files, the largest that readers take. */
  private static final int MAX_BYTES = 64 << 20;

  SmallFile {
    requireNonNull(content, "content is null");
    requireNonNull(problem, "problem is null");
  }

  static SmallFile read(ObjectStore store, StoredFile file) {
    try (ObjectDownload in = store.read(file.key())) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      return new SmallFile(content, problem(content, file));
    } catch (DynavaultException e) {
      return new SmallFile(new byte[0], SecondLook.reason(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isWhole() {
    return problem.isEmpty();
  }

  private static String problem(byte[] content, StoredFile file) {
    if (content.length > MAX_BYTES) {
      return "it is larger than any valid one";
    }
    Checksum checksum = file.checksum().algorithm().of(content);
    return checksum.equals(file.checksum()) ? "" : checksum.differsFrom(file.checksum());
  }
}
