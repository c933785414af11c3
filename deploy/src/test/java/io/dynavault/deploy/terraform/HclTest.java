// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The language, as its specification and Terraform's own answers have it. */
class HclTest {
  @TempDir Path folder;

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of("\"a${1}b\"", "a1b"),
        Arguments.of("\"say \\\"${\"x\"}\\\"\"", "say \"x\""),
        Arguments.of("true && !false ? \"yes\" : \"no\"", "yes"),
        Arguments.of("1 == 2 || length([1, 2]) > 1 ? \"yes\" : \"no\"", "yes"),
        Arguments.of("\"${3 - -1}\"", "4"),
        Arguments.of("{a = \"x\", b = \"y\"}[\"b\"]", "y"),
        Arguments.of("{a = {b = [\"x\", \"y\"]}}.a.b[1]", "y"),
        Arguments.of("[for n in [\"a\", \"b\"] : \"${n}!\"][1]", "b!"),
        Arguments.of("{for k, v in {a = 1, b = 2} : k => \"${k}${v}\" if v != 1}.b", "b2"),
        Arguments.of("merge({a = \"1\"}, {a = \"2\"}).a", "2"),
        Arguments.of("coalescelist([], [\"x\"])[0]", "x"),
        Arguments.of("jsonencode({b = \"<\", a = [true]})", "{\"a\":[true],\"b\":\"\\u003c\"}"),
        Arguments.of("replace(\"a.b.c\", \".\", \"-\")", "a-b-c"),
        Arguments.of("flatten([[\"a\"], [\"b\"]])[1]", "b"),
        Arguments.of("one([{arn = \"x\"}][*].arn)", "x"));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void worksOut(String expression, String value) throws IOException {
    assertThat(output(expression)).isEqualTo(value);
  }

  @Test
  void numbersAreNumbers() throws IOException {
    assertThat(output("131072")).isEqualTo(new BigDecimal("131072"));
  }

  @Test
  void commentsAreNotRead() throws IOException {
    assertThat(output("\"a\" # not this \"\n # nor this")).isEqualTo("a");
  }

  @Test
  void resourcesAreMadeForEachKeyAndDynamicBlocksForEachElement() throws IOException {
    TerraformModule module =
        module(
            """
            variable "rules" {
              type = map(string)
            }
            resource "thing" "one" {
              for_each = { for k, v in var.rules : k => v if v != "no" }
              name     = "${each.key} ${each.value}"
              dynamic "part" {
                for_each = ["x", each.value]
                content {
                  value = part.value
                }
              }
            }
            resource "thing" "none" {
              count = length(var.rules) > 5 ? 1 : 0
              name  = "none"
            }
            """,
            Map.of("rules", Map.of("a", "1", "b", "no")));

    assertThat(module.resources("thing")).hasSize(1);
    TerraformModule.Instance thing = module.resources("thing").get(0);
    assertThat(thing.setting("name")).isEqualTo("a 1");
    assertThat(thing.setting("part"))
        .isEqualTo(List.of(Map.of("value", "x"), Map.of("value", "1")));
  }

  @Test
  void optionalAttributesOfAVariableHaveTheirDefaults() throws IOException {
    TerraformModule module =
        module(
            """
            variable "rule" {
              type = object({
                schedule = optional(string, "daily")
                days     = optional(number)
              })
              default = {}
            }
            output "schedule" {
              value = var.rule.schedule
            }
            """,
            Map.of("rule", Map.of("days", 3)));

    assertThat(module.output("schedule")).isEqualTo("daily");
  }

  @ParameterizedTest
  @CsvSource({
    "upper(\"a\"), function upper",
    "var.missing, variable",
    "{a = 1}.b, no b in",
    "local.x, local.x"
  })
  void whatIsNotKnownIsAnError(String expression, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output(expression))
        .withMessageContaining(message);
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> module("locals {\n  a = [1, 2\n}\n", Map.of()))
        .withMessageContaining("line 3");
  }

  private Object output(String expression) throws IOException {
    return module("output \"x\" {\n  value = " + expression + "\n}\n", Map.of()).output("x");
  }

  private TerraformModule module(String text, Map<String, ?> variables) throws IOException {
    Files.writeString(folder.resolve("main.tf"), text);
    return TerraformModule.of(folder, variables);
  }
}
