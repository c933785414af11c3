// SPDX-License-Identifier: Apache-2.0
/** What is measured and shown, one row or a few at a time, each with its goal. */
@NullMarked
package io.dynavault.benchmark.row;

import org.jspecify.annotations.NullMarked;
