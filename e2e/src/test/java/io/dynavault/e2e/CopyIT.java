// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.local.LocalCredentials;
import io.dynavault.local.S3Server;
import io.dynavault.local.demo.OrdersTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies from a vault on one S3 server to a vault on another one. */
class CopyIT {
  private static final String TARGET = "s3://offsite/vault";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Launcher launcher;
  private S3Server offsite;
  private String endpoint;

  @BeforeEach
  void backUpOnOneServerAndStartTheOther() {
    launcher = sandbox.onS3();
    launcher.run("vault", "create").succeeds();
    String table = sandbox.fill(new OrdersTable(Sandbox.newName())).name();
    launcher.run("backup", "--table", table).succeeds();
    offsite = S3Server.start(sandbox.file("offsite"));
    offsite.createBucket("offsite");
    endpoint = offsite.endpoint().toString();
    atTarget("vault", "create").succeeds();
  }

  @AfterEach
  void stopTheOther() {
    offsite.close();
  }

  @Test
  void theTargetHasAnEndpointOfItsOwn() throws IOException {
    Finished copied =
        launcher.run("copy", "--target-vault", TARGET, "--target-s3-endpoint-url", endpoint);

    assertThat(copied.succeeds().out()).containsPattern("(?m)  copied$");
    assertThat(atTarget("verify").succeeds().out()).contains("sound: 1 export");
    assertThat(ids(atTarget("list", "--json"))).isEqualTo(ids(launcher.run("list", "--json")));

    Files.writeString(
        sandbox.file("dynavault.yaml"),
        """
        target:
          vault: %s
          s3:
            endpoint-url: %s
            path-style: true
        """
            .formatted(TARGET, endpoint));
    assertThat(launcher.run("copy").succeeds().out()).containsPattern("(?m)  was there$");
  }

  @Test
  void theTargetHasAProfileOfItsOwn() throws IOException {
    Path config = Files.createDirectory(sandbox.file(".aws")).resolve("config");
    Files.writeString(
        config,
        profile("offsite", LocalCredentials.fixed().secretAccessKey())
            + profile("stranger", "canary-of-another-key"));
    try {
      Finished refused =
          launcher.run(
              "copy",
              "--target-vault",
              TARGET,
              "--target-s3-endpoint-url",
              endpoint,
              "--target-profile",
              "stranger");
      assertThat(refused.exits(12).err()).contains("SignatureDoesNotMatch");

      // The profile goes before the environment, here and for --profile.
      Launcher strangeEnvironment =
          launcher.withSecret("AWS_SECRET_ACCESS_KEY", "canary-of-a-wrong-key");
      strangeEnvironment.run("list").exits(12);
      strangeEnvironment
          .run(
              "copy",
              "--profile",
              "offsite",
              "--target-vault",
              TARGET,
              "--target-s3-endpoint-url",
              endpoint)
          .succeeds();
      assertThat(ids(atTarget("list", "--json"))).isEqualTo(ids(launcher.run("list", "--json")));
    } finally {
      Files.delete(config);
    }
  }

  private Finished atTarget(String... command) {
    return launcher
        .with("DYNAVAULT_VAULT", TARGET)
        .with("DYNAVAULT_S3_ENDPOINT_URL", endpoint)
        .run(command);
  }

  private static List<String> ids(Finished list) {
    List<String> ids = list.succeeds().json().findValuesAsText("recoveryPointId");
    assertThat(ids).hasSize(1);
    return ids;
  }

  private static String profile(String name, String secret) {
    return """
    [profile %s]
    aws_access_key_id = %s
    aws_secret_access_key = %s
    """
        .formatted(name, LocalCredentials.fixed().accessKeyId(), secret);
  }
}
