// SPDX-License-Identifier: Apache-2.0
/** The engine: backs tables up into vaults and restores them. */
@NullMarked
package io.dynavault.core;

import org.jspecify.annotations.NullMarked;
