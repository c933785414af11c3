/**
 * What every store must do, as one suite that each store's test inherits, and a store that fails on
 * demand.
 */
@NullMarked
package io.dynavault.testing.store;

import org.jspecify.annotations.NullMarked;
