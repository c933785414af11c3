// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

/** What a change did to an item. */
public enum ChangeEvent {
  /** The item was not there before. */
  PUT,
  MODIFIED,
  REMOVED,
  /** DynamoDB removed it because its time to live was over. */
  EXPIRED
}
