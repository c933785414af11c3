// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CliContext;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Streams;
import io.dynavault.cli.command.Streams.Terminal;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigLoader;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.OutputMode;
import io.dynavault.cli.output.OutputMode.Colour;
import io.dynavault.cli.output.OutputMode.Format;
import io.dynavault.cli.output.OutputMode.Level;
import io.dynavault.cli.output.OutputMode.Progress;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command line and says how it ended. Usable once. */
final class CliRunner {
  private final CliContext context;
  private final Streams streams;
  private final Interruption interruption;
  private final FlagValues flags = new FlagValues();
  private Output output;
  private String command = "dynavault";
  private Map<String, String> given = Map.of();

  CliRunner(CliContext context, Interruption interruption) {
    this.context = requireNonNull(context, "context is null");
    this.streams = context.streams();
    this.interruption = requireNonNull(interruption, "interruption is null");
    this.output = output(OutputMode.plain(Format.TEXT));
  }

  /** Parses and runs; failures are printed, never thrown. Returns the exit code. */
  int run(String... args) {
    output = output(OutputMode.plain(formatBeforeSettings(Arrays.asList(args))));
    int exitCode = attempt(args);
    streams.out().flush();
    return interruption.exitStatus().map(ExitStatus::code).orElse(exitCode);
  }

  /** Reports that not all output has arrived; a failure that was reported before goes first. */
  int outputFailed(int exitCode, DynavaultException cutOff) {
    int failed = report().failure(cutOff);
    return exitCode == ExitStatus.OK.code() ? failed : exitCode;
  }

  private int attempt(String[] args) {
    CommandLine root = CommandTree.buildFor(args, flags);
    try {
      ParseResult parsed = root.parseArgs(args);
      List<CommandLine> path = parsed.asCommandLineList();
      CommandLine last = path.get(path.size() - 1);
      command = last.getCommandSpec().qualifiedName();
      if (parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested)) {
        return help(last);
      }
      if (root.isVersionHelpRequested()) {
        streams.out().println("dynavault " + Version.current());
        return ExitStatus.OK.code();
      }
      if (last.getCommand() instanceof CliCommand cliCommand) {
        return execute(cliCommand).code();
      }
      return report().usage(new ParameterException(last, "a command is missing"));
    } catch (ParameterException e) {
      return report().usage(e);
    } catch (DynavaultException e) {
      return report().failure(e);
    } catch (InterruptedException e) {
      return report().failure(interrupted(e));
    } catch (RuntimeException | Error e) {
      boolean ended = interruption.exitStatus().isPresent();
      return ended ? report().failure(interrupted(e)) : report().bug(e, command, given);
    }
  }

  private int help(CommandLine commandLine) {
    PrintWriter writer = new PrintWriter(streams.out(), false, StandardCharsets.UTF_8);
    commandLine.usage(writer);
    writer.flush();
    return ExitStatus.OK.code();
  }

  private ExitStatus execute(CliCommand cliCommand) throws InterruptedException {
    ConfigLoader loader =
        new ConfigLoader(flags.asMap(), context.environment(), context.workingDirectory());
    Config config = loader.load();
    given = config.given();
    output = output(mode(config));
    interruption.announceThrough(output::message);
    loader.unknownVariables().forEach(output::warning);
    if (config.value(ConfigOptions.VERBOSE)) {
      Logging.details();
    } else {
      Logging.warnings();
    }
    return cliCommand.run(
        new Session(
            context,
            config,
            output,
            command,
            interruption::gracefulStop,
            interruption::usualStop,
            (other, args) -> new CliRunner(other, interruption).run(args.toArray(String[]::new))));
  }

  private DynavaultException interrupted(Throwable cause) {
    return new DynavaultException(ErrorCode.INTERRUPTED, command + " was interrupted", cause);
  }

  private ErrorReport report() {
    return new ErrorReport(output);
  }

  private Output output(OutputMode mode) {
    return new Output(streams.out(), streams.err(), mode);
  }

  /** Errors in the settings themselves must already be printed in the wanted form. */
  private Format formatBeforeSettings(List<String> args) {
    String variable = context.environment().get(ConfigOptions.JSON.environmentVariable());
    return args.contains(ConfigOptions.JSON.longFlag()) || "true".equalsIgnoreCase(variable)
        ? Format.JSON
        : Format.TEXT;
  }

  private OutputMode mode(Config config) {
    boolean terminal = streams.terminals().contains(Terminal.STDERR);
    boolean quiet = config.value(ConfigOptions.QUIET);
    boolean json = config.value(ConfigOptions.JSON);
    boolean progress = config.value(ConfigOptions.PROGRESS) && !quiet;
    boolean colour = terminal && context.environment().getOrDefault("NO_COLOR", "").isEmpty();
    Level loudness = config.value(ConfigOptions.VERBOSE) ? Level.VERBOSE : Level.NORMAL;
    Progress moving = terminal && !json ? Progress.BAR : Progress.LINES;
    return new OutputMode(
        json ? Format.JSON : Format.TEXT,
        quiet ? Level.QUIET : loudness,
        progress ? moving : Progress.NONE,
        colour ? Colour.ON : Colour.OFF);
  }
}
