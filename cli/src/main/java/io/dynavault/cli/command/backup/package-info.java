// SPDX-License-Identifier: Apache-2.0
/**
 * The command that backs tables up: chooses them, plans each, runs them side by side and reports
 * each with its own outcome.
 */
@NullMarked
package io.dynavault.cli.command.backup;

import org.jspecify.annotations.NullMarked;
