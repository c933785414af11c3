// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code dynavault} command. {@link io.dynavault.cli.Main} is the composition root and the only
 * place that ends the process; {@link io.dynavault.cli.CliRunner} parses, merges the settings, runs
 * one command and turns every failure into a message, a hint and an exit code.
 */
@NullMarked
package io.dynavault.cli;

import org.jspecify.annotations.NullMarked;
