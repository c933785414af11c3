// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on vaults and on the recovery points in them: they read and write records, never tables.
 * Those that take something away print what they would do and act only with {@code --confirm}.
 */
@NullMarked
package io.dynavault.cli.command.vault;

import org.jspecify.annotations.NullMarked;
