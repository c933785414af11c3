// SPDX-License-Identifier: Apache-2.0
/**
 * Tables in a running server, filled and read with requests and answers as plain JSON, by code that
 * shares nothing with what is tested: what an SDK or our own codecs might change on the way would
 * show. {@link io.dynavault.testing.table.LiveTable} creates, fills and reads; {@link
 * io.dynavault.testing.table.LiveTableAssert} compares two tables item by item.
 */
@NullMarked
package io.dynavault.testing.table;

import org.jspecify.annotations.NullMarked;
