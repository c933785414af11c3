// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.compare.Fingerprint;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.temporary.TemporaryFolder;
import io.dynavault.core.write.BatchFiller;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What makes a table identical to a recovery point: the items to write, by the hash of their keys,
 * and the keys to delete, in a temporary file. Beyond some millions of differing items all are
 * written, which is right as well and needs no memory.
 */
final class IdenticalPlan implements AutoCloseable {
  private static final int MOST_REMEMBERED = 2_000_000;

  private final KeyReader keys;
  private final TemporaryFolder folder;
  private final Set<Fingerprint.Hash> toWrite = new HashSet<>();
  private long extra;
  private boolean writeAll;

  private IdenticalPlan(KeyReader keys, TemporaryFolder folder) {
    this.keys = keys;
    this.folder = folder;
  }

  static IdenticalPlan of(CompareRun comparison, KeyReader keys) throws InterruptedException {
    return of(comparison, keys, temporaryFolder());
  }

  /**
   * @param folder an empty folder, which the plan removes when it is closed
   */
  static IdenticalPlan of(CompareRun comparison, KeyReader keys, TemporaryFolder folder)
      throws InterruptedException {
    IdenticalPlan plan = new IdenticalPlan(keys, folder);
    boolean planned = false;
    try {
      plan.fill(comparison);
      planned = true;
      return plan;
    } finally {
      if (!planned) {
        plan.close();
      }
    }
  }

  private void fill(CompareRun comparison) throws InterruptedException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(extraKeys())))) {
      comparison.run((difference, print, key) -> take(difference.kind(), print, key, out));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static TemporaryFolder temporaryFolder() {
    try {
      return TemporaryFolder.create();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Path extraKeys() {
    return folder.file("extra-keys");
  }

  /** Whether an item has to be written. */
  boolean isWanted(byte[] item, int offset, int length) {
    if (writeAll) {
      return true;
    }
    ItemKey key = keys.read(item, offset, length);
    return toWrite.contains(Fingerprint.hash(keys, key));
  }

  /** Items of the table that the recovery point does not have. */
  long extra() {
    return extra;
  }

  /** Puts the deletes of the extra items into batches. */
  void deleteExtra(BatchFiller filler) throws InterruptedException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(extraKeys())))) {
      for (long i = 0; i < extra; i++) {
        byte[] key = new byte[in.readInt()];
        in.readFully(key);
        filler.delete(key, 0, key.length);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void take(Difference.Kind kind, Fingerprint print, byte[] key, DataOutputStream out) {
    switch (kind) {
      case EXTRA -> write(key, out);
      case MISSING, DIFFERENT -> remember(print);
    }
  }

  private void remember(Fingerprint print) {
    if (writeAll) {
      return;
    }
    toWrite.add(print.key());
    if (toWrite.size() > MOST_REMEMBERED) {
      writeAll = true;
      toWrite.clear();
    }
  }

  private void write(byte[] key, DataOutputStream out) {
    try {
      out.writeInt(key.length);
      out.write(key);
      extra++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("plan the restore", cause);
  }
}
