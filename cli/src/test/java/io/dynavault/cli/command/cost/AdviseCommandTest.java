// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.StubbedCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseCommandTest {
  @TempDir private Path folder;

  @Test
  void comparesTheMethodsAndRecommendsOne() {
    try (StubbedCli aws = new StubbedCli(folder)) {
      Outcome text =
          aws.cli().run("advise", "--table", "Orders", "--vault", "s3://my-backups/vault");
      Outcome json = aws.cli().run("advise", "--table", "Orders", "--json");

      assertThat(text.exitCode()).as(text.err()).isZero();
      assertThat(text.out())
          .contains(
              "Recommended: --method on-demand, because point-in-time recovery is off",
              "not covered: more than 35 days",
              "dynavault pitr enable --table Orders");
      assertThat(json.json().path("recommended").asText()).isEqualTo("SCAN");
      assertThat(json.json().path("methods")).hasSize(5);
    }
  }
}
