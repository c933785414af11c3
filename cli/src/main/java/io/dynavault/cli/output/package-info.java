// SPDX-License-Identifier: Apache-2.0
/**
 * What people and programs read. Results go to standard output, as aligned text or, with {@code
 * --json}, as one document or JSON lines with a {@code messageType}; progress, messages and errors
 * go to standard error. Every text that came from outside is escaped, so that a name cannot forge a
 * line or drive the terminal.
 */
@NullMarked
package io.dynavault.cli.output;

import org.jspecify.annotations.NullMarked;
