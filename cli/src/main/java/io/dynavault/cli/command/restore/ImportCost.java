// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.aws.imports.ImportFiles;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostMethod;
import io.dynavault.core.cost.CostRequest;
import io.dynavault.core.cost.PriceList;
import io.dynavault.core.cost.TableVolume;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.export.Compression;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What an import costs by the built-in prices: AWS bills its files without compression. */
public final class ImportCost {
  /** Bytes of JSON per byte of an item's size, as measured over several shapes of items. */
  private static final double JSON_PER_ITEM_BYTE = 1.7;

  /** How much smaller files of items become, roughly, where nothing else is known. */
  private static final int COMPRESSED = 5;

  private ImportCost() {}

  static BigDecimal of(TableDefinition table, ImportFiles files, ItemContent content) {
    return of(
        table,
        files,
        files.compression() == Compression.NONE
            ? files.storedBytes()
            : Math.round(content.itemBytes() * JSON_PER_ITEM_BYTE));
  }

  /** For files of which nothing but their size is known. */
  public static BigDecimal of(TableDefinition table, ImportFiles files) {
    return of(
        table,
        files,
        files.compression() == Compression.NONE
            ? files.storedBytes()
            : files.storedBytes() * COMPRESSED);
  }

  private static BigDecimal of(TableDefinition table, ImportFiles files, long uncompressed) {
    CostRequest request =
        new CostRequest(
            TableVolume.of(table, 0, uncompressed),
            files.storedBytes(),
            uncompressed,
            new BackupSchedule(1, 1));
    return CostEstimate.of(request, PriceList.builtIn())
        .option(CostMethod.RESTORE_IMPORT)
        .total()
        .setScale(6, RoundingMode.HALF_UP);
  }
}
