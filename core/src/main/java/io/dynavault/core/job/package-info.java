// SPDX-License-Identifier: Apache-2.0
/**
 * Running work: a bounded pool whose first failure ends the rest, a signal that asks to stop at the
 * next safe place, and counters that a display reads while the work goes on.
 */
@NullMarked
package io.dynavault.core.job;

import org.jspecify.annotations.NullMarked;
