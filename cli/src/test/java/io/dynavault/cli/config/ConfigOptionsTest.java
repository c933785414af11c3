// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigOptionsTest {

  @Test
  void keysAndVariablesAreUnique() {
    assertThat(ConfigOptions.ALL).extracting(ConfigOption::key).doesNotHaveDuplicates();
    assertThat(ConfigOptions.ALL)
        .extracting(ConfigOption::environmentVariable)
        .doesNotHaveDuplicates();
  }

  @Test
  void flagsAreUniqueWithinAGroupAndDoNotClashWithGlobalOnes() {
    for (OptionGroup group : OptionGroup.values()) {
      Set<String> seen = new HashSet<>();
      for (ConfigOption<?> option : ConfigOptions.ALL) {
        if (option.group() == group || option.group() == OptionGroup.GLOBAL) {
          assertThat(option.flags()).allMatch(seen::add);
        }
      }
    }
  }

  @Test
  void everyDefaultIsAValidValue() {
    for (ConfigOption<?> option : ConfigOptions.ALL) {
      option
          .defaultText()
          .ifPresent(
              text ->
                  assertThatCode(() -> option.type().parser().apply(text))
                      .doesNotThrowAnyException());
    }
  }

  @Test
  void keysAndDescriptionsHaveOneStyle() {
    assertThat(ConfigOptions.ALL)
        .allSatisfy(
            option -> {
              assertThat(option.key()).matches("[a-z0-9]+([.-][a-z0-9]+)*");
              assertThat(option.description()).doesNotEndWith(".").doesNotStartWith(" ");
            });
  }

  /** A command line is seen by every user of the machine, and kept by the shell. */
  @Test
  void whatHoldsASecretHasNoFlag() {
    assertThat(ConfigOptions.ALL)
        .filteredOn(
            option -> option.key().matches(".*(secret|password|token|access-key|webhook.url).*"))
        .isNotEmpty()
        .allMatch(ConfigOption::isSecret)
        .noneMatch(ConfigOption::hasFlag);
  }
}
