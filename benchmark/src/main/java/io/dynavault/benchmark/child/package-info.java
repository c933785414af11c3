// SPDX-License-Identifier: Apache-2.0
/** Child JVMs, each of which runs one of the programs that are compared. */
@NullMarked
package io.dynavault.benchmark.child;

import org.jspecify.annotations.NullMarked;
