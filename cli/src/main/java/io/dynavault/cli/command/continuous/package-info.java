// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of continuous backup: capture the changes of tables, ask a capture to end, and see
 * how the windows stand.
 */
@NullMarked
package io.dynavault.cli.command.continuous;

import org.jspecify.annotations.NullMarked;
