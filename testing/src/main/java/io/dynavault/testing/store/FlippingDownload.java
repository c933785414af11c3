// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;

/** A download with one flipped bit, such as a bad network card lets through. */
final class FlippingDownload extends ObjectDownload {
  private final ObjectDownload download;
  private final long at;
  private long position;

  FlippingDownload(ObjectDownload download, int at) {
    this.download = download;
    this.at = Math.floorMod(at, Math.max(1, download.info().size()));
  }

  @Override
  public ObjectInfo info() {
    return download.info();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    int read = download.read(buffer, offset, length);
    if (read > 0 && position <= at && at < position + read) {
      buffer[offset + (int) (at - position)] ^= 1;
    }
    position += Math.max(read, 0);
    return read;
  }

  @Override
  public void close() {
    download.close();
  }
}
