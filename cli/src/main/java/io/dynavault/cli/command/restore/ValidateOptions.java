// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.validate.ValidationLevel;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether and how restored tables are validated, and where the report goes. */
public final class ValidateOptions {
  @Option(
      names = "--validate",
      arity = "0..1",
      paramLabel = "counts|sample:N|all",
      preprocessor = OnlyAttached.class,
      converter = LevelConverter.class,
      description = {
        "read the tables back afterwards and compare them with what was restored: the number",
        "of items, N items chosen by chance (sample:N:SEED chooses the same ones again), or",
        "every item; --validate alone is all"
      })
  private @Nullable ValidationLevel level;

  @Option(
      names = "--validate-report",
      paramLabel = "FILE",
      description = "write what the validation found as JSON; without --validate, of all items")
  private @Nullable String reportFile;

  /** Empty where nothing is to be validated. */
  public Optional<ValidationLevel> level() {
    return level == null && reportFile != null
        ? Optional.of(new ValidationLevel.All())
        : Optional.ofNullable(level);
  }

  public Optional<String> reportFile() {
    return Optional.ofNullable(reportFile);
  }

  /** A level has to be attached by {@code =}: what follows with a space is what to restore. */
  static final class OnlyAttached implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's type
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        args.push("all");
      }
      return false;
    }
  }

  /** Reads a level. */
  static final class LevelConverter implements ITypeConverter<ValidationLevel> {
    @Override
    public ValidationLevel convert(String text) {
      try {
        return ValidationLevel.parse(text);
      } catch (DynavaultException e) {
        throw new TypeConversionException(
            "'" + text + "' is not counts, sample:N (N from 1 to 1000000) or all");
      }
    }
  }
}
