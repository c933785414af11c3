// SPDX-License-Identifier: Apache-2.0
/**
 * Commands on what has happened to items: their versions, the changes of a span of time, and what
 * differs between two states of a table.
 */
@NullMarked
package io.dynavault.cli.command.history;

import org.jspecify.annotations.NullMarked;
