// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.corruption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.core.verify.VerifyRequest;
import io.dynavault.core.verify.VerifyResult;
import io.dynavault.core.verify.VerifyRun;
import io.dynavault.core.verify.VerifyTarget;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One recovery point in a vault in memory, whose objects can be damaged and repaired. */
final class DamagedBackup implements AutoCloseable {
  private final MemoryStore store;
  private final TestingEngine engine;
  private final RecoveryPoint point;
  private final Map<String, byte[]> originals = new HashMap<>();

  private DamagedBackup(MemoryStore store, TestingEngine engine, RecoveryPoint point) {
    this.store = store;
    this.engine = engine;
    this.point = point;
    point.files().forEach(file -> originals.put(file.key(), stored(file.key())));
    originals.put(recordKey(), stored(recordKey()));
  }

  static DamagedBackup of(MemoryStore store, LiveTable table, int workers)
      throws InterruptedException {
    TestingEngine engine = TestingEngine.on(store);
    BackupOptions some = TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP);
    BackupOptions options =
        new BackupOptions(
            workers,
            some.readCapacity(),
            some.outputFormat(),
            some.compression(),
            some.fileBytes(),
            some.tags(),
            some.deleteAfter());
    ScanQuery query = ScanQuery.all(table.name(), false);
    return new DamagedBackup(store, engine, engine.backup(query, options).recoveryPoint());
  }

  String recordKey() {
    return ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
  }

  /** Keys of all files of the export that are not empty. */
  List<String> files() {
    return point.files().stream().filter(file -> file.size() > 0).map(StoredFile::key).toList();
  }

  List<String> dataFiles() {
    return point.files().stream()
        .filter(file -> file.itemCount() > 0)
        .map(StoredFile::key)
        .toList();
  }

  /** The object as it was written. */
  byte[] original(String key) {
    return originals.get(key).clone();
  }

  void flip(String key, int at, int bit) {
    byte[] bytes = original(key);
    bytes[at] ^= (byte) (1 << bit);
    store.put(key, bytes);
  }

  void replace(String key, byte[] bytes) {
    store.put(key, bytes);
  }

  void remove(String key) {
    store.delete(key);
  }

  void repair(String key) {
    store.put(key, original(key));
  }

  VerifyResult verify(VerifyLevel level) throws InterruptedException {
    VerifyTarget target = new VerifyTarget.OnePoint(engine.vault(), point.tableName(), point.id());
    return new VerifyRun(
            VerifyRequest.of(target, level, 1),
            RunContext.system("test", new StopSignal()),
            ManagedBackups.none())
        .run();
  }

  /**
   * All items, in the order of the files.
   *
   * @throws DynavaultException where something is damaged
   */
  List<String> read() throws InterruptedException {
    ExportContent content = engine.open(point);
    List<String> items = new ArrayList<>();
    for (ExportFile file : content.export().files()) {
      content.read(
          file, (json, offset, length, size) -> items.add(new String(json, offset, length, UTF_8)));
    }
    return items;
  }

  /**
   * Restores into a new table.
   *
   * @throws DynavaultException where something is damaged
   */
  LiveTable restore(String name) throws InterruptedException {
    engine.restoreInto(point, name);
    return LiveTable.of(TestingServers.dynamoDb().endpoint(), name);
  }

  private byte[] stored(String key) {
    try (ObjectDownload download = store.read(key)) {
      return download.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
