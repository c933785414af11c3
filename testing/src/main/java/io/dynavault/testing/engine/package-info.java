// SPDX-License-Identifier: Apache-2.0
/** The engine wired to the test servers and to a vault in memory, for integration tests. */
@NullMarked
package io.dynavault.testing.engine;

import org.jspecify.annotations.NullMarked;
