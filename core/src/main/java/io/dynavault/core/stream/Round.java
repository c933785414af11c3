// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

/**
 * What one round of reading brought.
 *
 * @param changes records handed on
 * @param shards that were read
 * @param atEnd whether every shard that is open was read to its end the last time
 */
public record Round(long changes, int shards, boolean atEnd) {}
