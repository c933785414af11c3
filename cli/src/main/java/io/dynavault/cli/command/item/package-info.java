// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on the items inside a recovery point, or inside an export that AWS wrote: they print
 * them, or compare them with a live table.
 */
@NullMarked
package io.dynavault.cli.command.item;

import org.jspecify.annotations.NullMarked;
