// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityBudgetTest {

  @Test
  void aShareIsTakenOfTheTablesCapacity() {
    assertThat(CapacityBudget.parse("50%").unitsPerSecond(OptionalDouble.of(300))).hasValue(150);
  }

  @Test
  void unitsNeedNoCapacity() {
    assertThat(CapacityBudget.parse(" 12.5 ").unitsPerSecond(OptionalDouble.empty()))
        .hasValue(12.5);
  }

  @Test
  void unlimitedIsWithoutLimit() {
    assertThat(CapacityBudget.parse("unlimited").unitsPerSecond(OptionalDouble.of(5))).isEmpty();
  }

  @Test
  void aShareOfAnOnDemandTableWithoutMaximumIsAnError() {
    CapacityBudget half = CapacityBudget.parse("50%");
    assertThatThrownBy(() -> half.unitsPerSecond(OptionalDouble.empty()))
        .isInstanceOf(DynavaultException.class)
        .hasMessage(
            "unable to take 50% of the table's capacity: the table is on-demand and has no"
                + " maximum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"800", "0.5", "12.25", "40000", "50%", "33.3%", "unlimited"})
  void itsTextCanBeParsedAgain(String text) {
    assertThat(CapacityBudget.parse(text)).hasToString(text);
    assertThat(CapacityBudget.parse(CapacityBudget.parse(text).toString()))
        .isEqualTo(CapacityBudget.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-5", "0%", "101%", "fast", "NaN", "Infinity", "5 units", "%"})
  void refusesWhatIsNoBudget(String text) {
    assertThatThrownBy(() -> CapacityBudget.parse(text)).isInstanceOf(DynavaultException.class);
  }
}
