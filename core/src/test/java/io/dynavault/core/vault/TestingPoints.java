// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSettings;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Recovery points of two small files each. */
public final class TestingPoints {
  private TestingPoints() {}

  /** A scan that took a minute. */
  public static RecoveryPoint point(String table, Instant start) {
    String id = id(table, start);
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    String prefix = day + "/" + table + "/AWSDynamoDB/" + id;
    return new RecoveryPoint(
        new RecoveryPointId(id),
        Method.SCAN,
        definition(table),
        start,
        start.plus(Duration.ofMinutes(1)),
        new StoredExport(
            prefix,
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            2,
            74,
            List.of(
                file(prefix + "/data/5gqyj5kq2i7xvpzj4w6n3c2l4e.json.gz", 2),
                file(prefix + "/manifest-summary.json", 0)),
            Optional.empty()),
        RecoveryPoint.Consistency.NON_CONSISTENT,
        false,
        Optional.empty(),
        Map.of(),
        "0.1.0");
  }

  public static RecoveryPoint point(String table, String start) {
    return point(table, Instant.parse(start));
  }

  /** The same one with a lifecycle. */
  public static RecoveryPoint withDeleteAfter(RecoveryPoint p, Instant deleteAfter) {
    return p.withDeleteAfter(deleteAfter);
  }

  /** The same one, made with a filter. */
  public static RecoveryPoint filtered(RecoveryPoint p) {
    return copy(p, true, p.deleteAfter(), p.tags());
  }

  /** The same one with tags. */
  public static RecoveryPoint withTags(RecoveryPoint p, Map<String, String> tags) {
    return copy(p, p.filtered(), p.deleteAfter(), tags);
  }

  /** The same one with other files. */
  public static RecoveryPoint withFiles(RecoveryPoint p, List<StoredFile> files) {
    return new RecoveryPoint(
        p.id(),
        p.method(),
        p.table(),
        p.startTime(),
        p.endTime(),
        new StoredExport(
            p.export().exportPrefix(),
            p.export().outputFormat(),
            p.export().compression(),
            files.stream().mapToLong(StoredFile::itemCount).sum(),
            p.export().itemBytes(),
            files,
            p.export().window()),
        p.consistency(),
        p.filtered(),
        p.deleteAfter(),
        p.tags(),
        p.toolVersion());
  }

  /** Another record of the same export, as of one that AWS made. */
  public static RecoveryPoint sameExport(RecoveryPoint p, Instant start) {
    RecoveryPoint other = point(p.tableName(), start);
    return new RecoveryPoint(
        other.id(),
        Method.EXPORT,
        p.table(),
        start,
        start,
        p.content(),
        RecoveryPoint.Consistency.POINT_IN_TIME,
        false,
        Optional.empty(),
        Map.of(),
        p.toolVersion());
  }

  /** A full export that DynamoDB wrote: its data files have no SHA-256. */
  public static RecoveryPoint awsExport(String table, Instant start) {
    String prefix = "exports/AWSDynamoDB/" + id(table, start);
    return ofMethod(
        Method.EXPORT,
        table,
        start,
        new StoredExport(
            prefix,
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            2,
            74,
            List.of(
                md5File(prefix + "/data/5gqyj5kq2i7xvpzj4w6n3c2l4e.json.gz", 2),
                file(prefix + "/manifest-summary.json", 0)),
            Optional.empty()));
  }

  /** The export of the changes of the hour before it began. */
  public static RecoveryPoint incremental(String table, Instant start) {
    return incremental(table, start, start.minus(Duration.ofHours(1)), start);
  }

  /** The export of the changes of a window. */
  public static RecoveryPoint incremental(String table, Instant start, Instant from, Instant to) {
    String id = id(table, start);
    String prefix = "exports/AWSDynamoDB/" + id;
    return ofMethod(
        Method.EXPORT,
        table,
        start,
        new StoredExport(
            prefix,
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            3,
            10_000_000,
            List.of(
                md5File("exports/AWSDynamoDB/data/" + id.replace('-', 'x') + ".json.gz", 3),
                file(prefix + "/manifest-summary.json", 0)),
            Optional.of(new ExportWindow(from, to, ExportView.NEW_AND_OLD_IMAGES))));
  }

  /** An on-demand backup of DynamoDB. */
  public static RecoveryPoint onDemand(String table, Instant start) {
    String arn =
        "arn:aws:dynamodb:us-east-1:111122223333:table/" + table + "/backup/" + id(table, start);
    return ofMethod(
        Method.ON_DEMAND,
        table,
        start,
        new ManagedBackup(arn, OptionalLong.of(4_096), OptionalLong.of(7)));
  }

  /** A recovery point of AWS Backup, of which AWS tells less. */
  public static RecoveryPoint awsBackup(String table, Instant start, String arn) {
    return ofMethod(
        Method.AWS_BACKUP,
        table,
        start,
        new ManagedBackup(arn, OptionalLong.empty(), OptionalLong.empty()));
  }

  private static RecoveryPoint ofMethod(
      Method method, String table, Instant start, PointContent content) {
    return new RecoveryPoint(
        new RecoveryPointId(id(table, start)),
        method,
        definition(table),
        start,
        start.plus(Duration.ofMinutes(1)),
        content,
        RecoveryPoint.Consistency.POINT_IN_TIME,
        false,
        Optional.empty(),
        Map.of(),
        "0.1.0");
  }

  private static String id(String table, Instant start) {
    return String.format("%014d-%08x", start.toEpochMilli(), table.hashCode());
  }

  private static RecoveryPoint copy(
      RecoveryPoint p, boolean filtered, Optional<Instant> deleteAfter, Map<String, String> tags) {
    return new RecoveryPoint(
        p.id(),
        p.method(),
        p.table(),
        p.startTime(),
        p.endTime(),
        p.content(),
        p.consistency(),
        filtered,
        deleteAfter,
        tags,
        p.toolVersion());
  }

  /** Writes the files that the point names. */
  public static void writeFiles(ObjectStore store, RecoveryPoint point) {
    point.files().forEach(file -> store.put(file.key(), content(file.key())));
  }

  /** What a file of a testing point holds. */
  public static byte[] content(String key) {
    return ("content of " + key).getBytes(StandardCharsets.UTF_8);
  }

  static StoredFile file(String key, long itemCount) {
    byte[] content = content(key);
    return new StoredFile(key, content.length, sha256(content), itemCount);
  }

  /** A data file that AWS wrote. */
  static StoredFile md5File(String key, long itemCount) {
    byte[] content = content(key);
    return new StoredFile(key, content.length, Checksum.md5(md5(content)), itemCount);
  }

  static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The definition of a table with one key attribute. */
  public static TableDefinition definition(String table) {
    KeyAttribute pk = new KeyAttribute("pk", ScalarType.S);
    return new TableDefinition(
        table,
        "arn:aws:dynamodb:us-east-1:111122223333:table/" + table,
        "5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47",
        KeySchema.of(pk),
        List.of(pk),
        List.of(),
        List.of(),
        BillingMode.PAY_PER_REQUEST,
        Optional.empty(),
        Optional.empty(),
        TableSettings.none());
  }

  /** What the journal of the backup that makes a recovery point begins with. */
  public static RunRecord run(RecoveryPoint point) {
    return new RunRecord(
        RunRecord.Kind.BACKUP,
        point.tableName(),
        point.id(),
        point.export().exportPrefix(),
        point.startTime(),
        "0.1.0",
        JsonNodeFactory.instance.objectNode());
  }
}
