// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class RenameRuleTest {

  @Test
  void keepsWhatTheStarStandsFor() {
    RenameRule rule = rule("prod-*-v1=dev-*");

    assertThat(rule.apply("prod-orders-v1")).contains("dev-orders");
    assertThat(rule.apply("prod--v1")).contains("dev-");
    assertThat(rule.apply("prod-v1")).isEmpty();
    assertThat(rule.apply("test-orders-v1")).isEmpty();
  }

  @Test
  void renamesOneTable() {
    assertThat(rule("orders=orders-2").apply("orders")).contains("orders-2");
    assertThat(rule("orders=orders-2").apply("orders-1")).isEmpty();
    assertThat(rule("*=old-*").apply("orders")).contains("old-orders");
  }

  @Test
  void refusesWhatIsNoRule() {
    for (String text : new String[] {"orders", "=x", "x=", "a=b=c"}) {
      assertThatThrownBy(() -> rule(text))
          .isInstanceOf(TypeConversionException.class)
          .hasMessage("'" + text + "' is not FROM=TO, such as prod-*=dev-*");
    }
    for (String text : new String[] {"a*=b", "a=b*", "*a*=*b*"}) {
      assertThatThrownBy(() -> rule(text))
          .hasMessage("'" + text + "': write one * on both sides of the = or on none");
    }
  }

  private static RenameRule rule(String text) {
    return new RenameRule.Converter().convert(text);
  }
}
