// SPDX-License-Identifier: Apache-2.0
/** The command that says what backups and restores cost on AWS, before anybody runs one. */
@NullMarked
package io.dynavault.cli.command.cost;

import org.jspecify.annotations.NullMarked;
