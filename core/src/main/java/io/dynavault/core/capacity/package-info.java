// SPDX-License-Identifier: Apache-2.0
/**
 * How much of a table's throughput a run may use. A {@link
 * io.dynavault.core.capacity.CapacityBudget} says it in the user's words; a {@link
 * io.dynavault.core.capacity.RateController} keeps to it: every request reserves its estimated cost
 * before it is sent and settles the real one afterwards, and throttling by the service lowers the
 * rate until the table has room again.
 */
@NullMarked
package io.dynavault.core.capacity;

import org.jspecify.annotations.NullMarked;
