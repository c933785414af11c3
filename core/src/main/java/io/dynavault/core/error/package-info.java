// SPDX-License-Identifier: Apache-2.0
/**
 * What can go wrong, as one table: {@link io.dynavault.core.error.ErrorCode} rows carry category,
 * exit code and default hint; every failure a user can meet is a {@link
 * io.dynavault.core.error.DynavaultException} with such a row.
 */
@NullMarked
package io.dynavault.core.error;

import org.jspecify.annotations.NullMarked;
