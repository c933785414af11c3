// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a staged file and places it under its key on commit. */
final class LocalUpload extends ObjectUpload {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final LocalStore store;
  private final String key;
  private final StagedFile file;
  private final OutputStream buffer;
  private boolean ended;

  LocalUpload(LocalStore store, String key, StagedFile file) {
    this.store = store;
    this.key = key;
    this.file = file;
    this.buffer = new BufferedOutputStream(new StagedBytes(file), BUFFER_BYTES);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    requireOpen();
    try {
      buffer.write(bytes, offset, length);
    } catch (IOException e) {
      throw store.failedWrite(key, e);
    }
  }

  @Override
  public ObjectInfo commit() {
    requireOpen();
    ended = true;
    try (file) {
      buffer.flush();
      file.finish();
      return store.place(key, file);
    } catch (IOException e) {
      throw store.failedWrite(key, e);
    }
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      file.close();
    } catch (IOException e) {
      // what remains is an unfinished upload, which gc finds
    }
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the upload has ended");
    }
  }

  private static final class StagedBytes extends OutputStream {
    private final StagedFile file;

    StagedBytes(StagedFile file) {
      this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
    }
  }
}
