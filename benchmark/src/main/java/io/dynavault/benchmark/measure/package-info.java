// SPDX-License-Identifier: Apache-2.0
/** Measuring: tasks for child JVMs, passes that warm them up, processor time and peak memory. */
@NullMarked
package io.dynavault.benchmark.measure;

import org.jspecify.annotations.NullMarked;
