// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;

/** Whether AWS has written what it was asked for. */
record DeliveryCheck(StartedExport started, ExportState state) {

  void require(ManifestSummary summary) {
    if (!summary.exportArn().equals(started.exportArn())) {
      throw differs(ErrorCode.DAMAGED, "its summary is that of " + summary.exportArn());
    }
    if (state.itemCount().isPresent() && state.itemCount().getAsLong() != summary.itemCount()) {
      throw differs(
          ErrorCode.DAMAGED,
          "AWS speaks of %d items, its summary of %d"
              .formatted(state.itemCount().getAsLong(), summary.itemCount()));
    }
    if (!summary.tableId().equals(started.order().table().tableId())) {
      throw differs(ErrorCode.TABLE_CHANGED, "the table was deleted and created again meanwhile");
    }
    requireSpan(started.order(), summary.span());
  }

  /** A window that begins earlier than asked would bring back what was deleted meanwhile. */
  private void requireSpan(ExportOrder order, ExportSpan span) {
    boolean free =
        order.timing() == ExportOrder.MomentChoice.NOW && span instanceof ExportSpan.Moment;
    if (!free && !span.equals(order.span())) {
      throw differs(
          ErrorCode.REQUEST_REFUSED, "AWS has exported " + span + " instead of " + order.span());
    }
  }

  private DynavaultException differs(ErrorCode code, String reason) {
    return new DynavaultException(
        code,
        "unable to record export '%s' of table '%s': %s"
            .formatted(started.exportArn(), started.tableName(), reason),
        "make a new full backup: dynavault backup --method export --table " + started.tableName());
  }
}
