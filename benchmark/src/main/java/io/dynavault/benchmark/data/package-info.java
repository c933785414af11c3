// SPDX-License-Identifier: Apache-2.0
/**
 * Items of several shapes, the same ones on every machine, and the pages that a Scan of them gives.
 */
@NullMarked
package io.dynavault.benchmark.data;

import org.jspecify.annotations.NullMarked;
