// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;

/** A download whose connection breaks after some bytes. */
final class BreakingDownload extends ObjectDownload {
  private final ObjectDownload download;
  private long rest;

  BreakingDownload(ObjectDownload download, long rest) {
    this.download = download;
    this.rest = rest;
  }

  @Override
  public ObjectInfo info() {
    return download.info();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (rest == 0 && length > 0) {
      throw FaultyStore.failure(
          ErrorCode.SERVICE_UNAVAILABLE, new Call(0, Operation.READ, info().key()));
    }
    int read = download.read(buffer, offset, (int) Math.min(length, rest));
    rest -= Math.max(read, 0);
    return read;
  }

  @Override
  public void close() {
    download.close();
  }
}
