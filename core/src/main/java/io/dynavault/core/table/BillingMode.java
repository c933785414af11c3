// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

/** How a table's capacity is paid for (AWS: BillingMode). */
public enum BillingMode {
  PROVISIONED,
  PAY_PER_REQUEST
}
