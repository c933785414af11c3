// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

/** The ways to back up, keep and restore that an estimate compares. */
public enum CostMethod {
  BACKUP_SCAN_EVENTUAL("backup by scan, eventually consistent", Basis.EACH),
  BACKUP_SCAN_CONSISTENT("backup by scan, strongly consistent", Basis.EACH),
  BACKUP_EXPORT("native full export to S3", Basis.EACH),
  STORAGE_S3("backups in S3", Basis.MONTHLY),
  STORAGE_ON_DEMAND("native on-demand backups", Basis.MONTHLY),
  STORAGE_POINT_IN_TIME("point-in-time recovery", Basis.MONTHLY),
  STORAGE_AWS_BACKUP_WARM("AWS Backup, warm storage", Basis.MONTHLY),
  STORAGE_AWS_BACKUP_COLD("AWS Backup, cold storage", Basis.MONTHLY),
  RESTORE_WRITE("restore by BatchWriteItem", Basis.EACH),
  RESTORE_IMPORT("restore by ImportTable into a new table", Basis.EACH),
  RESTORE_NATIVE("native restore from a warm backup or point in time", Basis.EACH),
  RESTORE_NATIVE_COLD("native restore from cold storage", Basis.EACH);

  /** What the amount is paid for. */
  public enum Basis {
    /** One backup or restore. */
    EACH,
    /** A month of 30 days. */
    MONTHLY
  }

  private final String label;
  private final Basis basis;

  CostMethod(String label, Basis basis) {
    this.label = label;
    this.basis = basis;
  }

  /** The method in words. */
  public String label() {
    return label;
  }

  public Basis basis() {
    return basis;
  }
}
