// SPDX-License-Identifier: Apache-2.0
/**
 * What commands are made of. A {@link io.dynavault.cli.command.CliCommand} is a picocli command
 * that runs in a {@link io.dynavault.cli.command.Session}: the settings that hold, the output and
 * what the process gives. {@link io.dynavault.cli.command.CommandTraits} name its examples, option
 * groups and exit statuses, from which help and reference derive. The commands are in the packages
 * below, by what they work on.
 */
@NullMarked
package io.dynavault.cli.command;

import org.jspecify.annotations.NullMarked;
