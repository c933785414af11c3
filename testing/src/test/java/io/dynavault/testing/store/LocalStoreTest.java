// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreTest extends ObjectStoreContract {
  @TempDir private Path folder;

  @Override
  protected ObjectStore openEmpty() {
    return new LocalStore(
        new StoreLocation.Folder(folder.resolve("new/store")), new SecureRandom());
  }
}
