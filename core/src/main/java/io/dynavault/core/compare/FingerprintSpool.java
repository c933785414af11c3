// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints and keys of one side of a comparison, by the key's hash: in memory as long as
 * they are few, the rest in temporary files. Safe for several writing threads; reading begins when
 * all have ended.
 */
final class FingerprintSpool implements AutoCloseable {
  /** At a billion items a partition has four million: some hundred megabytes while it is joined. */
  static final int PARTITIONS = 256;

  private static final int BUFFER = 16 * 1024;

  private final int mostWaiting;
  private final Partition[] partitions = new Partition[PARTITIONS];
  private @Nullable TemporaryFolder folder;

  /** Takes the entries of a partition one by one. */
  interface Reader {
    /**
     * @param key the item's key as DynamoDB JSON
     */
    void entry(Fingerprint fingerprint, byte[] key) throws InterruptedException;
  }

  FingerprintSpool() {
    this(BUFFER);
  }

  /**
   * @param mostWaiting bytes of a partition that are kept in memory
   */
  FingerprintSpool(int mostWaiting) {
    this.mostWaiting = mostWaiting;
    for (int i = 0; i < PARTITIONS; i++) {
      partitions[i] = new Partition(Integer.toString(i));
    }
  }

  void add(Fingerprint fingerprint, byte[] key) {
    try {
      partitions[partition(fingerprint.key())].add(fingerprint, key);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Ends writing. */
  void finish() {
    IOException failure = null;
    for (Partition partition : partitions) {
      failure = partition.finish(failure);
    }
    if (failure != null) {
      throw failed(failure);
    }
  }

  void read(int partition, Reader reader) throws InterruptedException {
    try (DataInputStream in = new DataInputStream(partitions[partition].open())) {
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

  private synchronized void delete() {
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private synchronized Path file(String name) throws IOException {
    if (folder == null) {
      folder = TemporaryFolder.create();
    }
    return folder.file(name);
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

  private static int partition(Fingerprint.Hash key) {
    return (int) (key.high() >>> 56) & (PARTITIONS - 1);
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("compare", cause);
  }

  /** Entries whose keys' hashes begin alike: a file, if there are many, and those after it. */
  private final class Partition {
    private final String name;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(0);
    private @Nullable Path file;
    private @Nullable OutputStream output;

    Partition(String name) {
      this.name = name;
    }

    synchronized void add(Fingerprint fingerprint, byte[] key) throws IOException {
      DataOutputStream out = new DataOutputStream(waiting);
      out.writeLong(fingerprint.key().high());
      out.writeLong(fingerprint.key().low());
      out.writeLong(fingerprint.content().high());
      out.writeLong(fingerprint.content().low());
      out.writeInt(key.length);
      out.write(key);
      if (waiting.size() > mostWaiting) {
        spill();
      }
    }

    private void spill() throws IOException {
      if (output == null) {
        file = file(name);
        output = Files.newOutputStream(file);
      }
      waiting.writeTo(output);
      waiting.reset();
    }

    /** Closes it, also behind one that fails: on a full disk many do. */
    synchronized @Nullable IOException finish(@Nullable IOException former) {
      try {
        if (output != null) {
          output.close();
        }
        return former;
      } catch (IOException e) {
        return former == null ? e : former;
      }
    }

    synchronized InputStream open() throws IOException {
      InputStream rest = new ByteArrayInputStream(waiting.toByteArray());
      return file == null
          ? rest
          : new SequenceInputStream(
              new BufferedInputStream(Files.newInputStream(file), BUFFER), rest);
    }
  }
}
