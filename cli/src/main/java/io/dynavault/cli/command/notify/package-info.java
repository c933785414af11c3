// SPDX-License-Identifier: Apache-2.0
/**
 * Telling how a command's run has ended, by the settings under notify and metrics. A command hands
 * its lines to a {@link io.dynavault.cli.command.notify.RunNotice}, which sends them when the run
 * ends, by success or by failure. Nothing that goes wrong here changes how the command ends.
 */
@NullMarked
package io.dynavault.cli.command.notify;

import org.jspecify.annotations.NullMarked;
