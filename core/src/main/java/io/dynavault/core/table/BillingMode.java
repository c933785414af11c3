// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;

/** How a table's capacity is paid for (AWS: BillingMode). */
public enum BillingMode {
  PROVISIONED,
  PAY_PER_REQUEST;

  /**
   * What a description says. AWS leaves the mode out for tables that were never on demand; DynamoDB
   * Local leaves it out always, and gives on-demand tables a capacity of zero, which no provisioned
   * table can have; other servers answer a summary without a mode.
   *
   * @param readUnits of the table, null or 0 if there are none
   */
  public static BillingMode of(
      @Nullable String stated, @Nullable Long readUnits, @Nullable Long writeUnits) {
    if (stated != null) {
      return valueOf(stated);
    }
    return isNone(readUnits) && isNone(writeUnits) ? PAY_PER_REQUEST : PROVISIONED;
  }

  /** The mode that a summary states, if it does. */
  public static @Nullable String stated(@Nullable BillingModeSummary summary) {
    return summary == null ? null : summary.billingModeAsString();
  }

  private static boolean isNone(@Nullable Long units) {
    return units == null || units == 0;
  }
}
