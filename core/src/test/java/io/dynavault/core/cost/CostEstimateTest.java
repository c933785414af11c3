// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.cost.TableVolume.StorageClass;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.table.TestingTables;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected amounts are worked out by hand from AWS's list prices in us-east-1. */
final class CostEstimateTest {
  private static final long GB = 1L << 30;
  private static final long TB = 1L << 40;
  private static final BackupSchedule ONCE = new BackupSchedule(1, 1);

  @Test
  void scanningPaysByReadUnits() {
    CostEstimate estimate = estimate(TableVolume.of(100_000_000, 100 * GB), 0, ONCE);

    CostLine eventual = estimate.option(CostMethod.BACKUP_SCAN_EVENTUAL).lines().get(0);
    assertThat(eventual.count()).isEqualTo(13_107_200);
    assertThat(eventual.quantity()).isEqualByComparingTo("13.1072");
    assertThat(eventual.amount()).isEqualByComparingTo("1.6384");
    CostLine consistent = estimate.option(CostMethod.BACKUP_SCAN_CONSISTENT).lines().get(0);
    assertThat(consistent.count()).isEqualTo(26_214_400);
    assertThat(consistent.amount()).isEqualByComparingTo("3.2768");
  }

  @Test
  void exportingPaysByTheGigabyte() {
    CostEstimate estimate = estimate(TableVolume.of(100_000_000, 100 * GB), 0, ONCE);

    assertThat(estimate.option(CostMethod.BACKUP_EXPORT).lines().get(0).amount())
        .isEqualByComparingTo("10");
  }

  @Test
  void writingPaysByItemsAndRestoringByBytes() {
    CostEstimate estimate = estimate(TableVolume.of(10_000_000, 10_000_000L * 512), 0, ONCE);

    CostLine writes = estimate.option(CostMethod.RESTORE_WRITE).lines().get(0);
    assertThat(writes.count()).isEqualTo(10_000_000);
    assertThat(writes.amount()).isEqualByComparingTo("6.25");
    CostOption restore = estimate.option(CostMethod.RESTORE_NATIVE);
    assertThat(restore.total()).isBetween(new BigDecimal("0.715"), new BigDecimal("0.716"));
    assertThat(restore.method().basis()).isEqualTo(CostMethod.Basis.EACH);
  }

  /** 100 GB of items, 20 GB in local and 50 GB in global indexes. */
  @Test
  void indexesOfALiveTableCount() {
    TableSnapshot live =
        new TableSnapshot(
            TestingTables.onDemand(),
            "ACTIVE",
            100_000_000,
            100 * GB,
            20 * GB,
            50 * GB,
            Optional.empty());

    CostEstimate estimate = estimate(TableVolume.of(live), 0, ONCE);

    assertThat(estimate.option(CostMethod.STORAGE_POINT_IN_TIME).total())
        .isEqualByComparingTo("24"); // 120 at 0.20
    assertThat(estimate.option(CostMethod.STORAGE_ON_DEMAND).total())
        .isEqualByComparingTo("12"); // 120 at 0.10
    assertThat(estimate.option(CostMethod.BACKUP_EXPORT).lines().get(0).amount())
        .isEqualByComparingTo("12"); // 120 at 0.10
    assertThat(estimate.option(CostMethod.RESTORE_NATIVE).total())
        .isEqualByComparingTo("25.5"); // 170 at 0.15
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10240, 10", // 1024 bytes each: one unit
    "10, 10241, 20", // over 1 KB on average: two units
    "10, 10, 10",
    "0, 0, 0",
  })
  void itemsCountInWholeKilobytes(long items, long bytes, long units) {
    CostEstimate estimate = estimate(TableVolume.of(items, bytes), 0, ONCE);

    assertThat(estimate.option(CostMethod.RESTORE_WRITE).lines().get(0).count()).isEqualTo(units);
  }

  @Test
  void indexesAreWrittenRestoredAndBackedUp() {
    TableVolume table =
        new TableVolume(StorageClass.STANDARD, 1_000_000, 1000 * GB, 100 * GB, 300 * GB, 3);
    CostEstimate estimate = estimate(table, 0, ONCE);

    CostOption write = estimate.option(CostMethod.RESTORE_WRITE);
    long unitsPerItem = 1049; // 1000 GB over a million items: 1073742 bytes each
    assertThat(write.lines().get(0).count()).isEqualTo(1_000_000 * unitsPerItem);
    assertThat(write.lines().get(1).count()).isEqualTo(3_000_000 * unitsPerItem);
    assertThat(write.notes()).anyMatch(note -> note.contains("every index"));
    assertThat(total(estimate, CostMethod.STORAGE_ON_DEMAND)).isEqualByComparingTo("110");
    assertThat(total(estimate, CostMethod.STORAGE_POINT_IN_TIME)).isEqualByComparingTo("220");
    assertThat(total(estimate, CostMethod.RESTORE_NATIVE)).isEqualByComparingTo("210");
    assertThat(total(estimate, CostMethod.RESTORE_NATIVE_COLD)).isEqualByComparingTo("280");
    assertThat(estimate.option(CostMethod.BACKUP_EXPORT).lines().get(0).amount())
        .isEqualByComparingTo("110");
  }

  @Test
  void infrequentAccessTablesHaveTheirOwnUnits() {
    TableVolume table =
        new TableVolume(StorageClass.STANDARD_INFREQUENT_ACCESS, 1_000_000, 8192_000_000L, 0, 0, 0);
    CostEstimate estimate = estimate(table, 0, ONCE);

    assertThat(estimate.option(CostMethod.BACKUP_SCAN_EVENTUAL).lines().get(0).amount())
        .isEqualByComparingTo("0.155");
    assertThat(estimate.option(CostMethod.RESTORE_WRITE).lines().get(0).amount())
        .isEqualByComparingTo("6.24"); // 8 units each
  }

  @Test
  void keptBackupsAreFullCopies() {
    CostEstimate daily =
        estimate(TableVolume.of(1_000_000, 10 * GB), 2 * GB, new BackupSchedule(30, 35));

    assertThat(total(daily, CostMethod.STORAGE_ON_DEMAND)).isEqualByComparingTo("35");
    assertThat(total(daily, CostMethod.STORAGE_AWS_BACKUP_WARM)).isEqualByComparingTo("35");
    assertThat(total(daily, CostMethod.STORAGE_AWS_BACKUP_COLD)).isEqualByComparingTo("27");
    assertThat(total(daily, CostMethod.STORAGE_POINT_IN_TIME)).isEqualByComparingTo("2");
    assertThat(total(daily, CostMethod.STORAGE_S3)).isEqualByComparingTo("1.61");
    assertThat(daily.option(CostMethod.STORAGE_S3).method().basis())
        .isEqualTo(CostMethod.Basis.MONTHLY);
  }

  @ParameterizedTest
  @CsvSource({"30, 35, 35", "4, 35, 5", "1, 7, 1", "1, 365, 13", "720, 1, 24"})
  void schedulesKeepSoManyCopies(int backupsPerMonth, int retentionDays, long copies) {
    assertThat(new BackupSchedule(backupsPerMonth, retentionDays).copies()).isEqualTo(copies);
  }

  @Test
  void storageInS3GetsCheaperByTiers() {
    CostEstimate estimate =
        estimate(TableVolume.of(1, 600 * TB), 600 * TB, new BackupSchedule(1, 30));

    CostOption storage = estimate.option(CostMethod.STORAGE_S3);
    assertThat(storage.lines()).hasSize(3);
    // 1024 GB each: 50 × 0.023 + 450 × 0.022 + 100 × 0.021 = 13.15
    assertThat(storage.total()).isEqualByComparingTo(new BigDecimal("13465.60"));
  }

  @Test
  void hugeNumbersDoNotOverflow() {
    CostEstimate estimate =
        estimate(
            TableVolume.of(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2),
            Long.MAX_VALUE / 2,
            new BackupSchedule(1000, 10_000));

    assertThat(estimate.options()).allMatch(option -> option.total().signum() > 0);
  }

  @Test
  void requestsToS3AreCounted() {
    CostOption scan =
        estimate(TableVolume.of(1, 1), 80L << 20, ONCE).option(CostMethod.BACKUP_SCAN_EVENTUAL);

    assertThat(scan.lines().get(1).count()).isEqualTo(20);
    assertThat(scan.lines().get(1).amount()).isEqualByComparingTo("0.0001");
  }

  @Test
  void importPaysByUncompressedBytes() {
    CostRequest request = new CostRequest(TableVolume.of(1, GB), 0, 10 * GB, ONCE);

    assertThat(
            CostEstimate.of(request, PriceList.builtIn())
                .option(CostMethod.RESTORE_IMPORT)
                .lines()
                .get(0)
                .amount())
        .isEqualByComparingTo("1.5");
  }

  @Test
  void everyMethodIsEstimatedInOrder() {
    CostEstimate estimate = estimate(TableVolume.of(1, 1), 1, ONCE);

    assertThat(estimate.options())
        .extracting(CostOption::method)
        .containsExactlyElementsOf(Arrays.asList(CostMethod.values()));
  }

  @Test
  void anOptionIsAsReliableAsItsWorstPrice() {
    CostEstimate estimate = estimate(TableVolume.of(1, 1), 1, ONCE);

    assertThat(estimate.option(CostMethod.STORAGE_AWS_BACKUP_COLD).quality())
        .isEqualTo(PriceQuality.UNCONFIRMED);
    assertThat(estimate.option(CostMethod.RESTORE_WRITE).quality())
        .isEqualTo(PriceQuality.REPORTED);
    assertThat(estimate.option(CostMethod.RESTORE_WRITE).lines().get(0).price().quality())
        .isEqualTo(PriceQuality.LISTED);
  }

  @Test
  void refusesNegativeInput() {
    assertThatThrownBy(() -> TableVolume.of(-1, 0)).hasMessage("itemCount is negative: -1");
    assertThatThrownBy(() -> new BackupSchedule(0, 1)).hasMessage("backupsPerMonth is below 1: 0");
    assertThatThrownBy(() -> new BackupSchedule(1, 0)).hasMessage("retentionDays is below 1: 0");
    assertThatThrownBy(() -> new CostRequest(TableVolume.of(0, 0), -5, 0, ONCE))
        .hasMessage("bytes are negative: -5");
  }

  private static CostEstimate estimate(
      TableVolume table, long storedBytes, BackupSchedule schedule) {
    return CostEstimate.of(
        new CostRequest(table, storedBytes, table.tableBytes(), schedule), PriceList.builtIn());
  }

  private static BigDecimal total(CostEstimate estimate, CostMethod method) {
    return estimate.option(method).total();
  }
}
