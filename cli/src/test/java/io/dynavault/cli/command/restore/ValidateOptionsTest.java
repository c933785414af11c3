// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.validate.ValidationLevel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

class ValidateOptionsTest {
  /** A command with subjects, such as restore. */
  @Command
  private static final class WithSubjects {
    @Mixin private ValidateOptions validate = new ValidateOptions();

    @Option(names = "--other")
    private boolean other;

    @Parameters(arity = "0..*")
    private List<String> subjects = List.of();
  }

  @Test
  void withoutItNothingIsValidated() {
    assertThat(parse("orders").validate.level()).isEmpty();
  }

  @Test
  void aloneItIsAllAndLeavesWhatFollowsAlone() {
    WithSubjects parsed = parse("--validate", "orders", "--other");

    assertThat(parsed.validate.level()).contains(new ValidationLevel.All());
    assertThat(parsed.subjects).containsExactly("orders");
    assertThat(parsed.other).isTrue();
    assertThat(parse("--validate", "counts").subjects).as("a table").containsExactly("counts");
    assertThat(parse("orders", "--validate").validate.level()).isPresent();
  }

  @Test
  void aLevelIsAttached() {
    assertThat(parse("--validate=counts", "orders").validate.level())
        .contains(new ValidationLevel.Counts());
    assertThat(parse("--validate=sample:10:7").validate.level())
        .contains(new ValidationLevel.Sample(10, OptionalLong.of(7)));
  }

  @Test
  void aReportIsOfAllItemsUnlessALevelIsGiven() {
    assertThat(parse("--validate-report", "r.json").validate.level())
        .contains(new ValidationLevel.All());
    assertThat(parse("--validate-report", "r.json", "--validate=counts").validate.level())
        .isEqualTo(Optional.of(new ValidationLevel.Counts()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--validate=", "--validate=some", "--validate=sample:0"})
  void whatIsNoLevelIsRefused(String option) {
    assertThatThrownBy(() -> parse(option))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("is not counts, sample:N (N from 1 to 1000000) or all");
  }

  private static WithSubjects parse(String... args) {
    WithSubjects command = new WithSubjects();
    CommandLine line = new CommandLine(command);
    line.parseArgs(args);
    return command;
  }
}
