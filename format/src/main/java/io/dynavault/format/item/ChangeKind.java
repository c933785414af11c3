// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

/** What a change did to an item, under the names that a stream gives ({@code eventName}). */
public enum ChangeKind {
  /** The item was not there before. */
  INSERT,
  /** The item was there and has other attributes now. */
  MODIFY,
  /** The item was deleted. */
  REMOVE
}
