// SPDX-License-Identifier: Apache-2.0
/**
 * Processes that end at a step of their work, so that nothing of them survives: no finally, no
 * close, no shutdown hook. {@link io.dynavault.testing.crash.Aftermath} is what must be true then.
 *
 * <p>In the tests a JVM of its own runs one use case and counts every write to a vault or a table
 * as a step; the product knows nothing of it. A first run to the end tells which steps there are;
 * then one process ends at each of them, and the tests go on with what it has left.
 */
@NullMarked
package io.dynavault.testing.crash;

import org.jspecify.annotations.NullMarked;
