// SPDX-License-Identifier: Apache-2.0
/** The engine, put together from the public classes that the command line uses. */
@NullMarked
package io.dynavault.benchmark.engine;

import org.jspecify.annotations.NullMarked;
