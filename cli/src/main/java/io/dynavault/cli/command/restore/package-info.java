// SPDX-License-Identifier: Apache-2.0
/**
 * The command that restores tables from recovery points, or from an export that AWS wrote. {@link
 * io.dynavault.cli.command.restore.RestoreOrders} says which recovery points go to which tables;
 * each is planned, and run only when the plan is harmless or confirmed.
 */
@NullMarked
package io.dynavault.cli.command.restore;

import org.jspecify.annotations.NullMarked;
