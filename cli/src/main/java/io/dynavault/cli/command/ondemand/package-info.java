// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on the on-demand backups that are at AWS, whoever has made them. With a vault they say
 * which of them it has records of. Backups are made by {@code dynavault backup --method on-demand}.
 */
@NullMarked
package io.dynavault.cli.command.ondemand;

import org.jspecify.annotations.NullMarked;
