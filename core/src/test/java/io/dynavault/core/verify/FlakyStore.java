// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StreamDownload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Lies the first times it is asked about an object, or always. */
final class FlakyStore extends ForwardingStore {
  private final int lies;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /**
   * @param lies how often it lies about each object
   */
  FlakyStore(ObjectStore delegate, int lies) {
    super(delegate);
    this.lies = lies;
  }

  private boolean lies(String question) {
    return asked.merge(question, 1, Integer::sum) <= lies;
  }

  /** One bit in the middle is another; an empty object has become one byte longer. */
  @Override
  public ObjectDownload read(String key) {
    if (!lies("read " + key)) {
      return super.read(key);
    }
    try (ObjectDownload in = super.read(key)) {
      byte[] content = in.readAllBytes();
      byte[] lie = content.length == 0 ? new byte[1] : content;
      lie[lie.length / 2] ^= 1;
      return new StreamDownload(
          in.info(), new ByteArrayInputStream(lie), lie.length, FlakyStore::failed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynavaultException failed(IOException cause) {
    return new DynavaultException(ErrorCode.STORE_FAILED, "memory does not fail", cause);
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return lies("stat " + key) ? Optional.empty() : super.stat(key);
  }

  /** Leaves out every other object of an export. */
  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    int[] count = {0};
    super.list(
        prefix,
        info -> {
          boolean inExport = info.key().contains("AWSDynamoDB");
          if (!inExport || count[0]++ % 2 == 0 || !lies("list " + info.key())) {
            consumer.accept(info);
          }
        });
  }
}
