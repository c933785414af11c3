// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.corruption;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store that gives the first reader of each file of an export one wrong bit. */
final class FlakyReads {
  private final ObjectStore store;
  private final Set<String> read = ConcurrentHashMap.newKeySet();

  FlakyReads(ObjectStore store) {
    this.store = store;
  }

  /** How many objects were given out wrong. */
  int flipped() {
    return read.size();
  }

  ObjectStore store() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            FlakyReads.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                return result instanceof ObjectDownload download ? first(download) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private ObjectDownload first(ObjectDownload download) {
    boolean ofAnExport = download.info().key().contains("/AWSDynamoDB/");
    boolean flips = ofAnExport && download.info().size() > 0 && read.add(download.info().key());
    return flips ? new Flipping(download) : download;
  }

  private static final class Flipping extends ObjectDownload {
    private final ObjectDownload download;
    private boolean begun;

    Flipping(ObjectDownload download) {
      this.download = download;
    }

    @Override
    public ObjectInfo info() {
      return download.info();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = download.read(buffer, offset, length);
      if (count > 0 && !begun) {
        begun = true;
        buffer[offset + count / 2] ^= 1;
      }
      return count;
    }

    @Override
    public void close() {
      download.close();
    }
  }
}
