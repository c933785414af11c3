// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeReader;
import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.Export;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.ExportReader;
import io.dynavault.format.export.ExportSource;
import io.dynavault.format.export.ExportType;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonText;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.layout.ExportLayout;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An opened export: manifests are read and checked, data files are ready to be read. Safe for
 * several threads.
 *
 * @param store where it lies
 * @param recoveryPoint its record, where it is part of a vault
 */
public record ExportContent(ObjectStore store, Export export, Optional<RecoveryPoint> recoveryPoint)
    implements ItemContent {
  /** Bytes of JSON per byte of an item's size, as measured over several shapes of items. */
  private static final double JSON_PER_ITEM_BYTE = 1.7;

  public ExportContent {
    requireNonNull(store, "store is null");
    requireNonNull(export, "export is null");
    requireNonNull(recoveryPoint, "recoveryPoint is null");
  }

  /**
   * Opens the export of a recovery point. Its manifests have to agree with the record.
   *
   * @throws DynavaultException {@code DAMAGED} where they do not, or are not whole; {@code
   *     UNSUPPORTED} where the vault does not have all items of the table
   */
  public static ExportContent open(ObjectStore store, RecoveryPoint point) {
    point.fullExport();
    return openAny(store, point);
  }

  /** The same, also of an incremental export. */
  static ExportContent openAny(ObjectStore store, RecoveryPoint point) {
    Export export = read(new RecordedSource(store, point), point.export().exportPrefix());
    requireAgreement(point, export);
    return new ExportContent(store, export, Optional.of(point));
  }

  /**
   * Opens an export without a record, such as one that AWS wrote.
   *
   * @param location key of its folder or of its summary below the store's root
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} where there is none, {@code DAMAGED} where
   *     its manifests are not whole, {@code UNSUPPORTED} for an incremental export
   */
  public static ExportContent open(ObjectStore store, String location) {
    ExportContent content = openBare(store, location);
    if (content.export().summary().span().exportType() != ExportType.FULL_EXPORT) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to use export '" + location + "': it is an incremental export",
          "give the location of a full export");
    }
    return content;
  }

  /** The same, also of an incremental export. */
  public static ExportContent openBare(ObjectStore store, String location) {
    String summary = ExportLayout.folderOf(location) + "/" + ExportLayout.MANIFEST_SUMMARY;
    requireSummary(store, summary, location);
    return new ExportContent(store, read(new StoreSource(store), location), Optional.empty());
  }

  /** The folder of the export. */
  @Override
  public String name() {
    return export.folder();
  }

  @Override
  public String tableId() {
    return export.summary().tableId();
  }

  @Override
  public long itemCount() {
    return export.summary().itemCount();
  }

  @Override
  public boolean isCounted() {
    return true;
  }

  @Override
  public long itemBytes() {
    return recoveryPoint
        .map(point -> point.export().itemBytes())
        .orElseGet(() -> (long) (export.summary().billedSizeBytes() / JSON_PER_ITEM_BYTE));
  }

  @Override
  public List<String> notes() {
    return export.notes();
  }

  @Override
  public void prepare(RunContext context) {}

  @Override
  public List<ContentPart> parts() {
    return export.files().stream().map(this::part).toList();
  }

  /** The items of one data file. */
  public ContentPart part(ExportFile file) {
    return new ContentPart(file.key(), consumer -> read(file, consumer));
  }

  /** Looks at the first change of a data file of an incremental export that has one. */
  <R> R firstChange(ExportFile file, Function<ChangeReader, R> look) {
    try (var stored = stored(file);
        ChangeReader reader = ChangeReader.open(stored, file)) {
      if (!reader.next()) {
        throw new FormatException("it has no changes, its manifest has");
      }
      return look.apply(reader);
    } catch (FormatException | IOException e) {
      throw damaged(file.key(), e);
    }
  }

  /** Reads all changes of a data file of an incremental export, and verifies it on the way. */
  void readChanges(ExportFile file, ChainContent.Changes consumer) {
    try (var stored = stored(file);
        ChangeReader reader = ChangeReader.open(stored, file)) {
      while (reader.next()) {
        consumer.change(reader);
      }
      requireRecorded(file, reader.summary());
    } catch (FormatException | IOException e) {
      throw damaged(file.key(), e);
    }
  }

  /**
   * Reads all items of a data file, and verifies the file on the way.
   *
   * @throws DynavaultException {@code DAMAGED} where the file is not what its manifest says; items
   *     may have been handed out by then
   */
  public void read(ExportFile file, ItemConsumer consumer) throws InterruptedException {
    read(file, Optional.empty(), consumer);
  }

  /** The same, of the items only that pass a test; the others are not checked. */
  void read(ExportFile file, DataFileReader.ItemTest wanted, ItemConsumer consumer)
      throws InterruptedException {
    if (file.format() == OutputFormat.DYNAMODB_JSON) {
      read(file, Optional.of(wanted), consumer);
      return;
    }
    read(
        file,
        (json, offset, length, size) -> {
          if (wanted.test(json, offset, length)) {
            consumer.item(json, offset, length, size);
          }
        });
  }

  private void read(
      ExportFile file, Optional<DataFileReader.ItemTest> wanted, ItemConsumer consumer)
      throws InterruptedException {
    Optional<String> sha256 = recordedSha256(file);
    try (var stored = stored(file);
        DataFileReader reader =
            sha256.isPresent()
                ? DataFileReader.open(stored, file, sha256.get())
                : DataFileReader.open(stored, file)) {
      wanted.ifPresent(reader::only);
      while (reader.next()) {
        hand(reader, file.format(), consumer);
      }
      if (sha256.isEmpty()) {
        requireRecorded(file, reader.summary());
      }
    } catch (FormatException | IOException e) {
      throw damaged(file.key(), e);
    }
  }

  @Override
  public void requireFiles() {
    Set<String> listed = new HashSet<>();
    store.list(export.folder() + "/", info -> listed.add(info.key()));
    for (ExportFile file : export.files()) {
      // A listing alone proves nothing: what it does not show is asked for.
      if (!listed.contains(file.key()) && store.stat(file.key()).isEmpty()) {
        throw damaged(file.key(), new FormatException("the file is missing"));
      }
    }
  }

  /** A data file that its manifest names and that is not there is damage, whoever finds it out. */
  private ObjectDownload stored(ExportFile file) {
    try {
      return store.read(file.key());
    } catch (DynavaultException e) {
      throw e.code() == ErrorCode.OBJECT_NOT_FOUND
          ? damaged(file.key(), new FormatException("the file is missing", e))
          : e;
    }
  }

  /** The manifest's MD5 can be made to fit other bytes; the record's SHA-256 cannot. */
  private Optional<String> recordedSha256(ExportFile file) {
    return recorded(file)
        .map(StoredFile::checksum)
        .filter(checksum -> !checksum.isMd5())
        .map(Checksum::value)
        .findFirst();
  }

  private Stream<StoredFile> recorded(ExportFile file) {
    return recoveryPoint.stream()
        .flatMap(point -> point.files().stream())
        .filter(stored -> stored.key().equals(file.key()));
  }

  private void requireRecorded(ExportFile file, DataFileSummary summary) {
    boolean differs =
        recorded(file)
            .anyMatch(
                recorded ->
                    !recorded.checksum().equals(checksum(recorded, summary))
                        || recorded.size() != summary.storedBytes());
    if (differs) {
      throw new FormatException("its SHA-256, MD5 or size is not what the record says");
    }
  }

  private static Checksum checksum(StoredFile recorded, DataFileSummary summary) {
    return recorded.checksum().isMd5()
        ? Checksum.md5(summary.md5Checksum())
        : Checksum.sha256(summary.sha256());
  }

  @Override
  public void readFirst(ItemConsumer consumer) throws InterruptedException {
    for (ExportFile file : export.files()) {
      if (file.dataFile().itemCount() > 0) {
        try (var stored = stored(file);
            DataFileReader reader = DataFileReader.open(stored, file)) {
          if (reader.next()) {
            hand(reader, file.format(), consumer);
          }
        } catch (FormatException | IOException e) {
          throw damaged(file.key(), e);
        }
        return;
      }
    }
  }

  private static void hand(DataFileReader reader, OutputFormat format, ItemConsumer consumer)
      throws InterruptedException {
    if (format == OutputFormat.DYNAMODB_JSON) {
      consumer.item(reader.array(), reader.itemOffset(), reader.itemLength(), reader.itemSize());
      return;
    }
    byte[] json =
        DynamoDbJson.encode(
            IonText.decodeLine(reader.array(), reader.itemOffset(), reader.itemLength()));
    consumer.item(json, 0, json.length, ItemSize.of(json, 0, json.length));
  }

  /**
   * Read, not asked about: the answer to a question does not say that the whole bucket is not
   * there.
   */
  private static void requireSummary(ObjectStore store, String summary, String location) {
    try (ObjectDownload found = store.read(summary)) {
      requireNonNull(found);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.OBJECT_NOT_FOUND) {
        throw e;
      }
      throw new DynavaultException(
          ErrorCode.EXPORT_NOT_FOUND,
          "unable to find an export at '"
              + location
              + "': there is no "
              + ExportLayout.MANIFEST_SUMMARY,
          e);
    }
  }

  private static Export read(ExportSource source, String location) {
    try {
      return ExportReader.read(source, location);
    } catch (FormatException | IOException e) {
      throw damaged(location, e);
    }
  }

  private static DynavaultException damaged(String key, Exception cause) {
    String reason = String.valueOf(cause.getMessage());
    boolean named = reason.startsWith("unable to read ") && reason.contains(key);
    return new DynavaultException(
        ErrorCode.DAMAGED, named ? reason : "unable to read '" + key + "': " + reason, cause);
  }

  /** A manifest that was exchanged, checksums and all, still differs from the record. */
  private static void requireAgreement(RecoveryPoint point, Export export) {
    Map<String, StoredFile> recorded =
        point.files().stream().collect(Collectors.toMap(StoredFile::key, Function.identity()));
    for (ExportFile file : export.files()) {
      StoredFile stored = recorded.get(file.key());
      if (stored == null) {
        throw disagrees(point, "its manifest lists '" + file.key() + "', its record does not");
      }
      if (stored.itemCount() != file.dataFile().itemCount()) {
        throw disagrees(point, "manifest and record differ on the items of '" + file.key() + "'");
      }
    }
    if (export.summary().itemCount() != point.export().itemCount()) {
      throw disagrees(point, "manifest and record differ on the number of items");
    }
  }

  private static DynavaultException disagrees(RecoveryPoint point, String reason) {
    return new DynavaultException(
        ErrorCode.DAMAGED, "unable to trust recovery point '" + point.id() + "': " + reason);
  }
}
