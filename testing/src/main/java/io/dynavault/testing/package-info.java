// SPDX-License-Identifier: Apache-2.0
/**
 * Tools for tests that need more than a class of their own: servers shared by all tests of a JVM
 * ({@link io.dynavault.testing.TestingServers}), tables to fill and to compare ({@code table}),
 * items that break careless tools ({@code poison}), a proxy that fails on demand ({@code fault})
 * and the contract that every object store keeps ({@code store}). Not published.
 */
@NullMarked
package io.dynavault.testing;

import org.jspecify.annotations.NullMarked;
