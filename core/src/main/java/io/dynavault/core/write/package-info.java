// SPDX-License-Identifier: Apache-2.0
/**
 * Writing many items into a table, as raw bytes. Producers fill {@link
 * io.dynavault.core.write.WriteBatch}es, writers send them; what the server leaves unprocessed is
 * sent again, and what it refuses is tried item by item until the one at fault is known and
 * reported by its key. No item is dropped without being counted.
 */
@NullMarked
package io.dynavault.core.write;

import org.jspecify.annotations.NullMarked;
