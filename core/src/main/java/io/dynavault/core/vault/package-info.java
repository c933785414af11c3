// SPDX-License-Identifier: Apache-2.0
/**
 * A vault: a location with a policy that describes itself. A recovery point exists when, and only
 * when, its commit record exists; the record is written last and deleted first.
 */
@NullMarked
package io.dynavault.core.vault;

import org.jspecify.annotations.NullMarked;
