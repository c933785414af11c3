// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints and keys of one side of a comparison, in temporary files by the key's hash. Safe
 * for several writing threads; reading begins when all have ended.
 */
final class FingerprintSpool implements AutoCloseable {
  /** At a billion items a partition has four million: some hundred megabytes while it is joined. */
  static final int PARTITIONS = 256;

  private static final int BUFFER = 16 * 1024;

  private final TemporaryFolder folder;
  private final DataOutputStream[] outputs = new DataOutputStream[PARTITIONS];

  /** Takes the entries of a partition one by one. */
  interface Reader {
    /**
     * @param key the item's key as DynamoDB JSON
     */
    void entry(Fingerprint fingerprint, byte[] key) throws InterruptedException;
  }

  FingerprintSpool() {
    try {
      folder = TemporaryFolder.create();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void add(Fingerprint fingerprint, byte[] key) {
    int partition = partition(fingerprint.key());
    try {
      DataOutputStream out = output(partition);
      synchronized (out) {
        out.writeLong(fingerprint.key().high());
        out.writeLong(fingerprint.key().low());
        out.writeLong(fingerprint.content().high());
        out.writeLong(fingerprint.content().low());
        out.writeInt(key.length);
        out.write(key);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Ends writing. */
  void finish() {
    IOException failure = null;
    for (DataOutputStream output : outputs) {
      failure = close(output, failure);
    }
    if (failure != null) {
      throw failed(failure);
    }
  }

  void read(int partition, Reader reader) throws InterruptedException {
    Path file = file(partition);
    if (!Files.exists(file)) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      for (int first = in.read(); first >= 0; first = in.read()) {
        readEntry(in, first, reader);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes the files. */
  @Override
  public void close() {
    try {
      finish();
    } finally {
      delete();
    }
  }

  private void delete() {
    try {
      folder.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Closes all, also behind one that fails: on a full disk many do. */
  private static @Nullable IOException close(
      @Nullable DataOutputStream output, @Nullable IOException former) {
    try {
      if (output != null) {
        output.close();
      }
      return former;
    } catch (IOException e) {
      return former == null ? e : former;
    }
  }

  private static void readEntry(DataInputStream in, int firstByte, Reader reader)
      throws IOException, InterruptedException {
    byte[] head = new byte[36];
    head[0] = (byte) firstByte;
    in.readFully(head, 1, head.length - 1);
    var buffer = java.nio.ByteBuffer.wrap(head);
    Fingerprint fingerprint =
        new Fingerprint(
            new Fingerprint.Hash(buffer.getLong(), buffer.getLong()),
            new Fingerprint.Hash(buffer.getLong(), buffer.getLong()));
    byte[] key = in.readNBytes(buffer.getInt());
    if (key.length != buffer.getInt(32)) {
      throw new EOFException("a temporary file ends inside an entry");
    }
    reader.entry(fingerprint, key);
  }

  private synchronized DataOutputStream output(int partition) throws IOException {
    DataOutputStream output = outputs[partition];
    if (output == null) {
      output =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file(partition)), BUFFER));
      outputs[partition] = output;
    }
    return output;
  }

  private Path file(int partition) {
    return folder.file(Integer.toString(partition));
  }

  private static int partition(Fingerprint.Hash key) {
    return (int) (key.high() >>> 56) & (PARTITIONS - 1);
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("compare", cause);
  }
}
