// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import java.util.Arrays;
import java.util.Optional;

/** Everything AWS charges for that estimates reckon with. */
public enum PriceItem {
  WRITE_REQUEST_UNIT("writeRequestUnit", PriceUnit.MILLION),
  READ_REQUEST_UNIT("readRequestUnit", PriceUnit.MILLION),
  INFREQUENT_ACCESS_WRITE_REQUEST_UNIT("infrequentAccessWriteRequestUnit", PriceUnit.MILLION),
  INFREQUENT_ACCESS_READ_REQUEST_UNIT("infrequentAccessReadRequestUnit", PriceUnit.MILLION),
  POINT_IN_TIME_RECOVERY_STORAGE("pointInTimeRecoveryStorage", PriceUnit.GB_MONTH),
  BACKUP_STORAGE_WARM("backupStorageWarm", PriceUnit.GB_MONTH),
  BACKUP_STORAGE_COLD("backupStorageCold", PriceUnit.GB_MONTH),
  RESTORE_WARM("restoreWarm", PriceUnit.GB),
  RESTORE_COLD("restoreCold", PriceUnit.GB),
  EXPORT_FULL("exportFull", PriceUnit.GB),
  IMPORT_TABLE("importTable", PriceUnit.GB),
  S3_STORAGE_FIRST_50_TB("s3StorageFirst50Tb", PriceUnit.GB_MONTH),
  S3_STORAGE_NEXT_450_TB("s3StorageNext450Tb", PriceUnit.GB_MONTH),
  S3_STORAGE_OVER_500_TB("s3StorageOver500Tb", PriceUnit.GB_MONTH),
  S3_PUT_REQUEST("s3PutRequest", PriceUnit.THOUSAND),
  S3_GET_REQUEST("s3GetRequest", PriceUnit.THOUSAND);

  private final String label;
  private final PriceUnit unit;

  PriceItem(String label, PriceUnit unit) {
    this.label = label;
    this.unit = unit;
  }

  /** The name in price files. */
  public String label() {
    return label;
  }

  /** The unit that its price is for. */
  public PriceUnit unit() {
    return unit;
  }

  static Optional<PriceItem> of(String label) {
    return Arrays.stream(values()).filter(item -> item.label.equals(label)).findFirst();
  }
}
