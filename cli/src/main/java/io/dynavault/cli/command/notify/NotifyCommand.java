// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Notifications. */
@Command(
    name = "notify",
    description = "Tells how runs have ended, by e-mail, webhook or Amazon SNS.",
    subcommands = {NotifyTestCommand.class})
@CommandTraits(examples = {"dynavault notify test"})
public final class NotifyCommand {}
