// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.DataFileWriter;
import java.io.IOException;

/**
 * A data file in work: items go through the compressor straight into an upload. Nothing is visible
 * in the store until {@link #commit}; a file that is only closed never existed. Confined to one
 * thread.
 */
public final class NewFile implements AutoCloseable {
  private final String key;
  private final String keyFromRoot;
  private final ObjectUpload upload;
  private final DataFileWriter writer;
  private final LineEncoder encoder;
  private long itemBytes;

  /**
   * @param key below the vault's root
   * @param keyFromRoot from the root of the bucket, as manifests name it
   */
  NewFile(
      String key,
      String keyFromRoot,
      ObjectUpload upload,
      DataFileWriter writer,
      LineEncoder encoder) {
    this.key = key;
    this.keyFromRoot = keyFromRoot;
    this.upload = upload;
    this.writer = writer;
    this.encoder = encoder;
  }

  /**
   * Adds an item in DynamoDB JSON.
   *
   * @param itemSize in bytes as DynamoDB counts it
   */
  public void write(byte[] bytes, int offset, int length, int itemSize) {
    try {
      encoder.write(writer, bytes, offset, length);
    } catch (IOException e) {
      throw unwritable(e);
    }
    itemBytes += itemSize;
  }

  /** Uncompressed bytes so far. */
  public long rawBytes() {
    return writer.rawBytes();
  }

  /** Makes the file visible. */
  public WrittenFile commit() {
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
              .formatted(key, summary.storedBytes(), stored.size()));
    }
    return new WrittenFile(
        itemBytes,
        summary.toDataFile(keyFromRoot),
        new StoredFile(key, summary.storedBytes(), summary.sha256(), summary.itemCount()));
  }

  @Override
  public void close() {
    try (upload) {
      writer.close();
    }
  }

  private DynavaultException unwritable(IOException cause) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED, "unable to write '" + key + "': " + cause.getMessage(), cause);
  }
}
