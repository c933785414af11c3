// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationLevelTest {

  @Test
  void readsWhatPeopleWrite() {
    assertThat(ValidationLevel.parse("counts")).isEqualTo(new ValidationLevel.Counts());
    assertThat(ValidationLevel.parse("ALL")).isEqualTo(new ValidationLevel.All());
    assertThat(ValidationLevel.parse("sample:100"))
        .isEqualTo(new ValidationLevel.Sample(100, OptionalLong.empty()));
    assertThat(ValidationLevel.parse("sample:100:-7"))
        .isEqualTo(new ValidationLevel.Sample(100, OptionalLong.of(-7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counts", "all", "sample:1", "sample:1000000:42"})
  void textIsReadBack(String text) {
    assertThat(ValidationLevel.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "count",
        "sample",
        "sample:",
        "sample:0",
        "sample:1000001",
        "sample:-1",
        "sample:1.5",
        "sample:99999999999",
        "all:3"
      })
  void refusesAnythingElse(String text) {
    assertThat(failure(ErrorCode.USAGE, () -> ValidationLevel.parse(text)))
        .hasMessage("unable to validate with '" + text + "': it is not counts, sample:N or all");
  }
}
