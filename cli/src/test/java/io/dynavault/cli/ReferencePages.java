// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.config.ConfigOption;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.error.ErrorCode;
import java.util.Locale;
import picocli.CommandLine;

/** Writes the pages of docs/reference from the tables of the program. */
final class ReferencePages {
  private static final String GENERATED =
      "<!-- Written by ReferenceDocsTest with -Dregenerate=true; do not edit. -->\n\n";

  private ReferencePages() {}

  /** Every command with its help. */
  static String commandLine() {
    CommandLine root = CommandTree.build(new FlagValues());
    StringBuilder page = new StringBuilder(GENERATED);
    page.append("# Commands\n\n");
    page.append("What `dynavault COMMAND --help` prints. Settings have environment variables and ");
    page.append(
        "keys in `dynavault.yaml`, too: see [config.md](config.md). Errors and exit codes ");
    page.append("are in [errors.md](errors.md), what `--json` prints in ");
    page.append("[json-output.md](json-output.md).\n\n");
    appendLinks(page, root);
    appendCommand(page, root);
    return page.toString();
  }

  private static void appendLinks(StringBuilder page, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    page.append("- [%s](#%s)\n".formatted(name, name.replace(' ', '-')));
    command.getSubcommands().values().forEach(child -> appendLinks(page, child));
  }

  private static void appendCommand(StringBuilder page, CommandLine command) {
    page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    page.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF).strip().replace("\r", ""));
    page.append("\n```\n");
    command.getSubcommands().values().forEach(child -> appendCommand(page, child));
  }

  /** Every setting. */
  static String configuration() {
    StringBuilder page = new StringBuilder(GENERATED);
    page.append(
        """
        # Settings

        A setting is taken from the first of these that has it:

        1. the flag on the command line
        2. the environment variable
        3. the file: `dynavault.yaml` in the current folder, or the one that `--config` names
        4. the default

        All settings are checked before anything is done, and all problems are listed at once. Keys that are
        not in this list are errors. Keys in the file can be nested:

        ```yaml
        vault: s3://my-backups/vault
        aws:
          region: eu-west-1
        scan:
          workers: 16
        ```

        There is no setting for credentials: they come from where every AWS tool takes them (environment,
        profiles, SSO, web identity, container and instance roles), and are not accepted on the command
        line. The SDK's own `AWS_*` variables are respected; settings here go before them. A region that
        no setting names is that of `AWS_REGION`, else of `AWS_DEFAULT_REGION`, of the profile, of the
        instance.

        """);
    for (OptionGroup group : OptionGroup.values()) {
      page.append("## ").append(group.heading()).append("\n\n");
      page.append("| key | flag | environment variable | values | default | meaning |\n");
      page.append("|---|---|---|---|---|---|\n");
      ConfigOptions.ALL.stream()
          .filter(option -> option.group() == group)
          .forEach(option -> page.append(configurationRow(option)));
      page.append("\n");
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static String configurationRow(ConfigOption<?> option) {
    return "| `%s` | %s | `%s` | %s | %s | %s |\n"
        .formatted(
            option.key().equals("config") ? "–" : option.key(),
            option.hasFlag() ? "`" + String.join("`, `", option.flags()) + "`" : "–",
            option.environmentVariable(),
            option.type().range(),
            option.defaultText().map("`%s`"::formatted).orElse("–"),
            option.description());
  }

  /** Every error and exit code. */
  static String errors() {
    StringBuilder page = new StringBuilder(GENERATED);
    page.append("# Exit codes and errors\n\n## Exit codes\n\n");
    page.append("The codes are stable. Treat one that is not listed as a failure.\n\n");
    page.append("| code | meaning |\n|---|---|\n");
    for (ExitStatus status : ExitStatus.values()) {
      page.append("| `%d` | %s |\n".formatted(status.code(), status.description()));
    }
    page.append("\n## Errors\n\n");
    page.append(
        "An error is printed on standard error as `error: …` and `HINT: …`; with `--json` ");
    page.append("as one object whose field `error` is the name below. The hint is the general ");
    page.append("one: where more is known, the command says more.\n\n");
    page.append("| name | kind | exit code | hint |\n|---|---|---|---|\n");
    for (ErrorCode code : ErrorCode.values()) {
      page.append(
          "| `%s` | %s | `%d` | %s |\n"
              .formatted(
                  code.name(),
                  code.category().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  code.exitCode(),
                  code.hint()));
    }
    return page.toString();
  }
}
