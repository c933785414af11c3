// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.DataFileWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * A data file in work: items go through the compressor straight into an upload. Nothing is visible
 * in the store until {@link #commit}; a file that is only closed never existed. Confined to one
 * thread.
 */
final class OpenFile implements AutoCloseable {
  private final FileTarget target;
  private final ObjectUpload upload;
  private final DataFileWriter writer;
  private final LineEncoder encoder;
  private long itemBytes;

  OpenFile(FileTarget target, ObjectUpload upload, DataFileWriter writer, LineEncoder encoder) {
    this.target = target;
    this.upload = upload;
    this.writer = writer;
    this.encoder = encoder;
  }

  void write(byte[] bytes, int offset, int length, int itemSize) {
    try {
      encoder.write(writer, bytes, offset, length);
    } catch (IOException e) {
      throw unwritable(e);
    }
    itemBytes += itemSize;
  }

  /** Uncompressed bytes so far. */
  long rawBytes() {
    return writer.rawBytes();
  }

  /** Makes the file visible and notes it in the journal. */
  void commit(int segment, Optional<String> startKey, Optional<String> endKey) {
    DataFileSummary summary;
    try {
      summary = writer.finish();
    } catch (IOException e) {
      throw unwritable(e);
    }
    ObjectInfo stored = upload.commit();
    if (stored.size() != summary.storedBytes()) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to store '%s': %d bytes were written, the store holds %d"
              .formatted(target.key(), summary.storedBytes(), stored.size()));
    }
    target
        .journal()
        .accept(
            new FileState(
                segment,
                startKey,
                endKey,
                itemBytes,
                summary.toDataFile(target.keyFromRoot()),
                new StoredFile(
                    target.key(), summary.storedBytes(), summary.sha256(), summary.itemCount())));
  }

  @Override
  public void close() {
    try (upload) {
      writer.close();
    }
  }

  private DynavaultException unwritable(IOException cause) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED,
        "unable to write '" + target.key() + "': " + cause.getMessage(),
        cause);
  }
}
