// SPDX-License-Identifier: Apache-2.0
/** Rows of the table, their goals, and the page that they are written to. */
@NullMarked
package io.dynavault.benchmark.report;

import org.jspecify.annotations.NullMarked;
