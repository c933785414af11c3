// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandIT {
  @TempDir private Path folder;

  @AfterEach
  void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void tellsItsStoryAndLeavesAVaultOfPlainFiles() {
    TestingCli cli =
        new TestingCli(folder)
            .with("DYNAVAULT_OUTPUT_PROGRESS", "false")
            .with("DYNAVAULT_AWS_PROFILE", "a-profile-that-does-not-exist");

    Outcome outcome = cli.run("demo", "--quiet");

    assertThat(outcome.err()).doesNotContain("error:");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains(
            "$ dynavault backup --table demo-orders --table demo-events",
            "not identical: 0 items the same, 1 missing, 0 extra, 0 different",
            "identical: 3,000 items the same",
            "identical: 8 items the same",
            "sound: 2 exports",
            "3,008 items as they were",
            "Both tables are what they were.");
    String vault = "dynavault-demo/s3/dynavault/vault";
    assertThat(cli.run("list", "--vault", vault).out()).contains("demo-orders", "demo-events");
    assertThat(cli.run("verify", "--vault", vault).exitCode()).isZero();
    assertThat(cli.run("cat", "--table", "demo-orders", "--vault", vault).out().lines()).hasSize(8);
  }
}
