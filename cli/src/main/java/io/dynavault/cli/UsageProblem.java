// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in our words. */
record UsageProblem(String message, Optional<String> hint) {
  private static final Pattern SECRET =
      Pattern.compile("--?[a-z-]*(secret|password|token|access-key)[a-z-]*");

  UsageProblem {
    requireNonNull(message, "message is null");
    requireNonNull(hint, "hint is null");
  }

  static UsageProblem of(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched.getUnmatched().get(0), e.getCommandLine());
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return new UsageProblem(missing(missing.getMissing()), Optional.empty());
    }
    return new UsageProblem(lowerCased(String.valueOf(e.getMessage())), Optional.empty());
  }

  private static UsageProblem unmatched(String word, CommandLine command) {
    String name = word.startsWith("--") ? word.replaceFirst("=.*", "") : word;
    if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return new UsageProblem(
          "secrets are not accepted on the command line, where other users can see them",
          Optional.of(ErrorCode.CREDENTIALS.hint()));
    }
    if (name.startsWith("-")) {
      return new UsageProblem("unknown option '%s'".formatted(name), meant(name, options(command)));
    }
    if (!command.getSubcommands().isEmpty()) {
      return new UsageProblem(
          "unknown command '%s'".formatted(name),
          meant(name, List.copyOf(command.getSubcommands().keySet())));
    }
    return new UsageProblem("unexpected argument '%s'".formatted(name), Optional.empty());
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private static Optional<String> meant(String word, List<String> words) {
    return Suggestion.nearest(word, words).map("did you mean '%s'?"::formatted);
  }

  private static String missing(List<ArgSpec> arguments) {
    return arguments.stream()
        .map(UsageProblem::name)
        .collect(Collectors.joining(" and ", "missing ", ""));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? "option " + option.longestName() + "=" + option.paramLabel()
        : "argument " + argument.paramLabel();
  }

  private static String lowerCased(String message) {
    return message.isEmpty()
        ? "wrong usage"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
