// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.temporary.TemporaryFolder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The folder of the temporary files of one spool: there is none before one is needed. */
final class SpoolFolder implements AutoCloseable {
  private @Nullable TemporaryFolder folder;

  synchronized TemporaryFolder get() throws IOException {
    TemporaryFolder made = folder;
    if (made == null) {
      made = TemporaryFolder.create();
      folder = made;
    }
    return made;
  }

  /** Removes the files. */
  @Override
  public synchronized void close() throws IOException {
    if (folder != null) {
      folder.close();
    }
  }
}
