// SPDX-License-Identifier: Apache-2.0
/** Rolling items of a live table back to what they were, and taking that back. */
@NullMarked
package io.dynavault.cli.command.backtrack;

import org.jspecify.annotations.NullMarked;
