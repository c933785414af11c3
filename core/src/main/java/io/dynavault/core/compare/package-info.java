// SPDX-License-Identifier: Apache-2.0
/**
 * Which items differ between a recovery point and a live table. Both sides are reduced to
 * fingerprints, a hash of the key and a hash of the item in canonical form, spooled to temporary
 * files by the key's hash, and joined partition by partition: memory stays small whatever the
 * table's size. Equality is DynamoDB's: attributes and sets in any order, numbers by value.
 */
@NullMarked
package io.dynavault.core.compare;

import org.jspecify.annotations.NullMarked;
