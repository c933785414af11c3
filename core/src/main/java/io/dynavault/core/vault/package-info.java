// SPDX-License-Identifier: Apache-2.0
/**
 * A vault: a location with a policy that describes itself (docs/format/vault.md). A recovery point
 * exists when, and only when, its record exists; the record is written last and deleted first.
 *
 * <p>{@link io.dynavault.core.vault.Vault} is the way in: its {@code catalog} finds recovery
 * points, its {@code runs} keep the journals of what is being written, {@code commit} makes a
 * recovery point exist, {@code protect} keeps it while it is read. Everything outside of {@code
 * locks/} is written once; what changes, the vault lock and holds, are numbered entries.
 */
@NullMarked
package io.dynavault.core.vault;

import org.jspecify.annotations.NullMarked;
