// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic of an estimate: one method for each {@link CostMethod}. */
final class CostCalculation {
  private static final long CONSISTENT_BYTES_PER_READ_UNIT = 4096;
  private static final long EVENTUAL_BYTES_PER_READ_UNIT = 8192;
  private static final long BYTES_PER_S3_REQUEST = 8L << 20;
  private static final long OBJECTS_BESIDES_DATA = 10;
  private static final int COLD_MINIMUM_DAYS = 90;
  private static final BigInteger FIRST_TIER = BigInteger.valueOf(50).shiftLeft(40);
  private static final BigInteger SECOND_TIER = BigInteger.valueOf(450).shiftLeft(40);

  private final TableVolume table;
  private final BackupSchedule schedule;
  private final CostRequest request;
  private final PriceList prices;

  CostCalculation(CostRequest request, PriceList prices) {
    this.table = request.table();
    this.schedule = request.schedule();
    this.request = request;
    this.prices = prices;
  }

  List<CostOption> options() {
    return List.of(
        scan(CostMethod.BACKUP_SCAN_EVENTUAL, EVENTUAL_BYTES_PER_READ_UNIT),
        scan(CostMethod.BACKUP_SCAN_CONSISTENT, CONSISTENT_BYTES_PER_READ_UNIT),
        export(),
        s3Storage(),
        onDemandStorage(),
        pointInTimeStorage(),
        warmStorage(),
        coldStorage(),
        write(),
        importTable(),
        restore(CostMethod.RESTORE_NATIVE, PriceItem.RESTORE_WARM),
        restore(CostMethod.RESTORE_NATIVE_COLD, PriceItem.RESTORE_COLD));
  }

  private CostOption scan(CostMethod method, long bytesPerUnit) {
    long units = TableVolume.ceilDiv(table.tableBytes(), bytesPerUnit);
    return new CostOption(
        method,
        List.of(line("read request units", readUnits(), units), puts()),
        List.of("provisioned tables pay nothing extra for reads within their capacity"));
  }

  private CostOption export() {
    return new CostOption(
        CostMethod.BACKUP_EXPORT,
        List.of(
            line("table and local indexes", PriceItem.EXPORT_FULL, table.backedUpBytes()), puts()),
        List.of("needs point-in-time recovery, which is charged on its own"));
  }

  private CostOption s3Storage() {
    BigInteger bytes = times(request.storedBytes(), schedule.copies());
    BigInteger first = bytes.min(FIRST_TIER);
    BigInteger second = bytes.subtract(first).min(SECOND_TIER);
    BigInteger rest = bytes.subtract(first).subtract(second);
    List<CostLine> lines = new ArrayList<>();
    lines.add(line(copiesKept(), PriceItem.S3_STORAGE_FIRST_50_TB, first));
    if (second.signum() > 0) {
      lines.add(line("of which above 50 TB", PriceItem.S3_STORAGE_NEXT_450_TB, second));
    }
    if (rest.signum() > 0) {
      lines.add(line("of which above 500 TB", PriceItem.S3_STORAGE_OVER_500_TB, rest));
    }
    return new CostOption(
        CostMethod.STORAGE_S3,
        lines,
        List.of(
            "storage class Standard; other data of yours in S3"
                + " counts towards the same tiers"));
  }

  private CostOption onDemandStorage() {
    return keptCopies(
        CostMethod.STORAGE_ON_DEMAND, PriceItem.BACKUP_STORAGE_WARM, schedule.copies(), List.of());
  }

  private CostOption warmStorage() {
    return keptCopies(
        CostMethod.STORAGE_AWS_BACKUP_WARM,
        PriceItem.BACKUP_STORAGE_WARM,
        schedule.copies(),
        List.of());
  }

  private CostOption coldStorage() {
    return keptCopies(
        CostMethod.STORAGE_AWS_BACKUP_COLD,
        PriceItem.BACKUP_STORAGE_COLD,
        schedule.copiesChargedAtLeast(COLD_MINIMUM_DAYS),
        List.of("cold storage is charged for 90 days at least"));
  }

  private CostOption keptCopies(
      CostMethod method, PriceItem item, long copies, List<String> notes) {
    BigInteger bytes = times(table.backedUpBytes(), copies);
    return new CostOption(method, List.of(line(copiesKept(copies), item, bytes)), notes);
  }

  private CostOption pointInTimeStorage() {
    return new CostOption(
        CostMethod.STORAGE_POINT_IN_TIME,
        List.of(
            line(
                "table and local indexes",
                PriceItem.POINT_IN_TIME_RECOVERY_STORAGE,
                table.backedUpBytes())),
        List.of("reaches back 35 days at most, whatever the retention"));
  }

  private CostOption write() {
    BigInteger units = times(table.itemCount(), table.writeUnitsPerItem());
    List<CostLine> lines = new ArrayList<>();
    lines.add(line("write request units of the table", writeUnits(), units));
    List<String> notes = new ArrayList<>();
    notes.add("by the average item size; uneven sizes cost up to one unit more for each item");
    if (table.indexCount() > 0) {
      BigInteger indexUnits = units.multiply(BigInteger.valueOf(table.indexCount()));
      lines.add(line("write request units of the indexes", writeUnits(), indexUnits));
      notes.add("every item is reckoned as a full entry of every index");
    }
    lines.add(gets());
    return new CostOption(CostMethod.RESTORE_WRITE, lines, notes);
  }

  private CostOption importTable() {
    return new CostOption(
        CostMethod.RESTORE_IMPORT,
        List.of(
            line("data without compression", PriceItem.IMPORT_TABLE, request.uncompressedBytes()),
            gets()),
        List.of("no write units, indexes included"));
  }

  private CostOption restore(CostMethod method, PriceItem item) {
    return new CostOption(
        method,
        List.of(line("table and all indexes", item, table.restoredBytes())),
        List.of("restoring without indexes costs less"));
  }

  private CostLine puts() {
    return line("S3 PUT requests", PriceItem.S3_PUT_REQUEST, s3Requests() + OBJECTS_BESIDES_DATA);
  }

  private CostLine gets() {
    return line("S3 GET requests", PriceItem.S3_GET_REQUEST, s3Requests() + OBJECTS_BESIDES_DATA);
  }

  private long s3Requests() {
    return TableVolume.ceilDiv(request.storedBytes(), BYTES_PER_S3_REQUEST);
  }

  private PriceItem readUnits() {
    return switch (table.storageClass()) {
      case STANDARD -> PriceItem.READ_REQUEST_UNIT;
      case STANDARD_INFREQUENT_ACCESS -> PriceItem.INFREQUENT_ACCESS_READ_REQUEST_UNIT;
    };
  }

  private PriceItem writeUnits() {
    return switch (table.storageClass()) {
      case STANDARD -> PriceItem.WRITE_REQUEST_UNIT;
      case STANDARD_INFREQUENT_ACCESS -> PriceItem.INFREQUENT_ACCESS_WRITE_REQUEST_UNIT;
    };
  }

  private String copiesKept() {
    return copiesKept(schedule.copies());
  }

  private static String copiesKept(long copies) {
    return copies == 1 ? "one backup kept" : copies + " backups kept";
  }

  private CostLine line(String what, PriceItem item, long count) {
    return line(what, item, BigInteger.valueOf(count));
  }

  private CostLine line(String what, PriceItem item, BigInteger count) {
    return new CostLine(what, count, prices.price(item));
  }

  private static BigInteger times(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
