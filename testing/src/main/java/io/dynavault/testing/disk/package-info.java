// SPDX-License-Identifier: Apache-2.0
/** Disks that are full, read-only or slow, and clocks that jump. */
@NullMarked
package io.dynavault.testing.disk;

import org.jspecify.annotations.NullMarked;
