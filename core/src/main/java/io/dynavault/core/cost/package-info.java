// SPDX-License-Identifier: Apache-2.0
/**
 * What backups, their storage and restores cost on AWS, by method, before anybody runs one. Prices
 * are data with a date and a word on their source ({@link io.dynavault.core.cost.PriceList}); a
 * user's own list replaces any of them. {@link io.dynavault.core.cost.CostEstimate} does the
 * arithmetic in decimals and leaves rounding to whoever shows it.
 */
@NullMarked
package io.dynavault.core.cost;

import org.jspecify.annotations.NullMarked;
