// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.export.ExportSource;
import java.io.InputStream;
import java.util.Optional;

/** Lets the export's reader read from a store. */
record StoreSource(ObjectStore store) implements ExportSource {

  @Override
  public Optional<InputStream> open(String key) {
    try {
      return Optional.of(store.read(key));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
