// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.VersionCommand;
import io.dynavault.cli.command.awsbackup.AwsBackupCommand;
import io.dynavault.cli.command.backtrack.BacktrackCommand;
import io.dynavault.cli.command.backup.BackupCommand;
import io.dynavault.cli.command.continuous.ContinuousCommand;
import io.dynavault.cli.command.cost.AdviseCommand;
import io.dynavault.cli.command.cost.CostCommand;
import io.dynavault.cli.command.history.ChangesCommand;
import io.dynavault.cli.command.history.DiffCommand;
import io.dynavault.cli.command.history.HistoryCommand;
import io.dynavault.cli.command.imports.ImportsCommand;
import io.dynavault.cli.command.item.CatCommand;
import io.dynavault.cli.command.item.CompareCommand;
import io.dynavault.cli.command.item.ImportCommand;
import io.dynavault.cli.command.local.DemoCommand;
import io.dynavault.cli.command.local.LocalCommand;
import io.dynavault.cli.command.notify.NotifyCommand;
import io.dynavault.cli.command.ondemand.OnDemandCommand;
import io.dynavault.cli.command.pitr.PitrCommand;
import io.dynavault.cli.command.plan.PlanCommand;
import io.dynavault.cli.command.restore.RestoreCommand;
import io.dynavault.cli.command.vault.CopyCommand;
import io.dynavault.cli.command.vault.DeleteCommand;
import io.dynavault.cli.command.vault.DescribeCommand;
import io.dynavault.cli.command.vault.ExpireCommand;
import io.dynavault.cli.command.vault.GcCommand;
import io.dynavault.cli.command.vault.HoldCommand;
import io.dynavault.cli.command.vault.ListCommand;
import io.dynavault.cli.command.vault.ReleaseCommand;
import io.dynavault.cli.command.vault.VaultCommand;
import io.dynavault.cli.command.vault.VerifyCommand;
import io.dynavault.cli.config.ConfigOption;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** All commands with their options, those of the table of options included. */
final class CommandTree {

  /** All commands, in the order of help. */
  private static final List<String> NAMES =
      List.of(
          "demo",
          "local",
          "backup",
          "restore",
          "backtrack",
          "list",
          "describe",
          "verify",
          "compare",
          "cat",
          "history",
          "changes",
          "diff",
          "import",
          "copy",
          "delete",
          "expire",
          "hold",
          "release",
          "gc",
          "vault",
          "on-demand",
          "pitr",
          "continuous",
          "imports",
          "aws-backup",
          "plan",
          "cost",
          "advise",
          "notify",
          "version",
          "completion",
          "help");

  /** Labels of types whose range is not plain from the label or the description. */
  private static final Set<String> SHOWS_RANGE = Set.of("NUMBER", "SIZE", "CLASS");

  private CommandTree() {}

  /** Builds the tree anew; what the command line says about settings lands in {@code flags}. */
  static CommandLine build(FlagValues flags) {
    return build(flags, NAMES);
  }

  /**
   * As much of the tree as a command line needs: where it begins with a command, that command is
   * all that it can reach. To describe every option of every command takes as long as a short
   * command.
   */
  static CommandLine buildFor(String[] line, FlagValues flags) {
    boolean named = line.length > 0 && NAMES.contains(line[0]);
    return build(flags, named ? List.of(line[0]) : NAMES);
  }

  private static CommandLine build(FlagValues flags, List<String> names) {
    CommandLine root = new CommandLine(new RootCommand());
    names.forEach(name -> root.addSubcommand(command(name)));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    decorate(root.getCommandSpec(), flags);
    return root;
  }

  private static Object command(String name) {
    return switch (name) {
      case "demo" -> new DemoCommand();
      case "local" -> new LocalCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "backtrack" -> new BacktrackCommand();
      case "list" -> new ListCommand();
      case "describe" -> new DescribeCommand();
      case "verify" -> new VerifyCommand();
      case "compare" -> new CompareCommand();
      case "cat" -> new CatCommand();
      case "history" -> new HistoryCommand();
      case "changes" -> new ChangesCommand();
      case "diff" -> new DiffCommand();
      case "import" -> new ImportCommand();
      case "copy" -> new CopyCommand();
      case "delete" -> new DeleteCommand();
      case "expire" -> new ExpireCommand();
      case "hold" -> new HoldCommand();
      case "release" -> new ReleaseCommand();
      case "gc" -> new GcCommand();
      case "vault" -> new VaultCommand();
      case "on-demand" -> new OnDemandCommand();
      case "pitr" -> new PitrCommand();
      case "continuous" -> new ContinuousCommand();
      case "imports" -> new ImportsCommand();
      case "aws-backup" -> new AwsBackupCommand();
      case "plan" -> new PlanCommand();
      case "cost" -> new CostCommand();
      case "advise" -> new AdviseCommand();
      case "notify" -> new NotifyCommand();
      case "version" -> new VersionCommand();
      case "completion" -> new CompletionCommand();
      case "help" -> new HelpCommand();
      default -> throw new IllegalArgumentException("no command: " + name);
    };
  }

  static Optional<CommandTraits> traits(CommandSpec spec) {
    return Optional.ofNullable(spec.userObject().getClass().getAnnotation(CommandTraits.class));
  }

  private static void decorate(CommandSpec spec, FlagValues flags) {
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("print this help").build());
    Set<OptionGroup> groups = EnumSet.of(OptionGroup.GLOBAL);
    traits(spec).ifPresent(traits -> groups.addAll(Set.of(traits.options())));
    Map<OptionSpec, OptionGroup> settings = new LinkedHashMap<>();
    for (ConfigOption<?> option : ConfigOptions.ALL) {
      if (groups.contains(option.group()) && option.hasFlag()) {
        OptionSpec added = optionSpec(option, flags);
        spec.addOption(added);
        settings.put(added, option.group());
      }
    }
    new HelpLayout(spec, settings).apply();
    spec.subcommands().values().forEach(child -> decorate(child.getCommandSpec(), flags));
  }

  private static OptionSpec optionSpec(ConfigOption<?> option, FlagValues flags) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.flags().toArray(String[]::new))
            .description(description(option).replace("%", "%%"));
    if (option.isSwitch()) {
      return builder
          .type(Boolean.class)
          .arity("0")
          .setter(setter(value -> flags.set(option, option.textOf((Boolean) value))))
          .build();
    }
    return builder
        .type(String.class)
        .arity("1")
        .paramLabel(option.type().label())
        .setter(setter(value -> flags.set(option, (String) value)))
        .build();
  }

  /** Passes values on, but not the null that picocli resets an option with. */
  private static ISetter setter(Consumer<Object> consumer) {
    return new ISetter() {
      @Override
      public <T> T set(T value) {
        if (value != null) {
          consumer.accept(value);
        }
        return value;
      }
    };
  }

  private static String description(ConfigOption<?> option) {
    if (option.isSwitch()) {
      return option.description();
    }
    StringBuilder facts = new StringBuilder();
    if (SHOWS_RANGE.contains(option.type().label())) {
      facts.append(option.type().range());
    }
    option
        .defaultText()
        .ifPresent(
            text -> facts.append(facts.isEmpty() ? "" : ", ").append("default ").append(text));
    return option.description() + (facts.isEmpty() ? "" : " (" + facts + ")");
  }
}
