// SPDX-License-Identifier: Apache-2.0
/** The stream of a table's changes: its shards, how far each was read, and its records. */
@NullMarked
package io.dynavault.core.stream;

import org.jspecify.annotations.NullMarked;
