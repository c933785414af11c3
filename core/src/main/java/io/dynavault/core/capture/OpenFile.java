// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.Checksum;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileSummary;
import io.dynavault.format.change.ChangeFileWriter;
import io.dynavault.format.change.ChangeTally;
import io.dynavault.format.item.StreamPage;
import io.dynavault.format.layout.DataFileName;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A change file in work: changes go through the compressor straight into an upload. Nothing is
 * visible in the store until {@link #commit}; a file that is only closed never existed. Confined to
 * one thread.
 */
final class OpenFile implements AutoCloseable {
  private static final String SUFFIX = ".json.gz";

  private final String key;
  private final ObjectUpload upload;
  private final ChangeFileWriter writer;

  private OpenFile(String key, ObjectUpload upload, ChangeFileWriter writer) {
    this.key = requireNonNull(key, "key is null");
    this.upload = requireNonNull(upload, "upload is null");
    this.writer = requireNonNull(writer, "writer is null");
  }

  /** Begins a file of a chain under a name of its own. */
  static OpenFile begin(ObjectStore store, Chain chain, Timing timing) {
    String name = DataFileName.create(timing.random(), SUFFIX);
    String key = chain.keys().dataFile(timing.clock().instant(), name);
    ObjectUpload upload = store.upload(key);
    try {
      return new OpenFile(key, upload, ChangeFileWriter.open(upload));
    } catch (IOException e) {
      upload.close();
      throw unwritable(key, e);
    }
  }

  /** Adds a change. */
  void write(StreamPage page, int index, long timeMicros) {
    try {
      writer.write(page, index, timeMicros);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.STREAM_UNFIT, "unable to capture a change: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unwritable(key, e);
    }
  }

  /** Uncompressed bytes so far. */
  long bytes() {
    return writer.rawBytes();
  }

  /** What it holds so far. */
  ChangeTally tally() {
    return writer.tally();
  }

  /** Makes the file visible. */
  ChangeFile commit() {
    ChangeFileSummary summary;
    try {
      summary = writer.finish();
    } catch (IOException e) {
      throw unwritable(key, e);
    }
    ObjectInfo stored = upload.commit();
    if (stored.size() != summary.storedBytes()) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to store '%s': %d bytes were written, the store holds %d"
              .formatted(key, summary.storedBytes(), stored.size()));
    }
    ChangeTally tally = summary.tally();
    return new ChangeFile(
        key,
        summary.storedBytes(),
        Checksum.sha256(summary.sha256()),
        tally.changes(),
        instant(tally.firstMicros()),
        instant(tally.lastMicros()));
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    try (upload) {
      writer.close();
    }
  }

  private static DynavaultException unwritable(String key, IOException cause) {
    return new DynavaultException(
        ErrorCode.STORE_FAILED, "unable to write '" + key + "': " + cause.getMessage(), cause);
  }
}
