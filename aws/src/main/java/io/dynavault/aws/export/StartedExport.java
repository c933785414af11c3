// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.layout.ObjectKeys;

/**
 * An export that AWS has taken on: all that is needed to ask for it and to record it, also by
 * another process. {@link StartedExportParser} makes JSON of it.
 *
 * @param exportArn what AWS calls it
 */
public record StartedExport(String exportArn, ExportOrder order) {
  public StartedExport {
    requireNonNull(exportArn, "exportArn is null");
    requireNonNull(order, "order is null");
  }

  public String tableName() {
    return order.tableName();
  }

  /**
   * The id of the recovery point that it becomes: the last part of the ARN.
   *
   * @throws DynavaultException {@code UNSUPPORTED} where that has not the form that AWS gives it
   */
  public RecoveryPointId id() {
    String id = exportArn.substring(exportArn.lastIndexOf('/') + 1);
    if (!ObjectKeys.isRecoveryPointId(id)) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to record export '%s': its id has not the form that AWS gives"
              .formatted(exportArn),
          "this endpoint is not AWS's, and its exports are not like AWS's: back up by scan, which"
              + " needs nothing of the endpoint");
    }
    return new RecoveryPointId(id);
  }

  /** The export's folder below the vault's root, without a slash at its end. */
  public String folder() {
    return order.place().folder(id().value());
  }
}
