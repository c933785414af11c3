// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that are not there, or do not know the caller. */
class ConnectionIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void aDynamoDbThatIsDownIsNamed() {
    sandbox.createVault();
    String nobody = addressOfNobody();

    Finished backup =
        sandbox.run("backup", "--table", "airports", "--endpoint-url", nobody, "--no-progress");

    assertThat(backup.exits(14).out()).isEmpty();
    assertThat(backup.err())
        .startsWith("error: unable to call DescribeTable: ")
        .contains(nobody.substring("http://".length()))
        .endsWith(
            "HINT: check --endpoint-url, --region, the proxy settings and whether the server"
                + " runs\n");
  }

  @Test
  void anS3ThatIsDownIsNamedAndHasWrittenNothing() {
    Launcher launcher = sandbox.onS3().with("DYNAVAULT_S3_ENDPOINT_URL", addressOfNobody());

    Finished create = launcher.run("vault", "create");

    assertThat(create.exits(14).err())
        .startsWith("error: unable to write 's3://")
        .doesNotContain("may have been written")
        .endsWith(
            "HINT: check --s3-endpoint-url, the region, the network and whether the server"
                + " runs\n");
  }

  @Test
  void wrongKeysAreTheCallersFault() {
    Launcher launcher = sandbox.onS3().withSecret("AWS_SECRET_ACCESS_KEY", "canary-of-a-wrong-key");

    Finished create = launcher.run("vault", "create");

    assertThat(create.exits(12).err())
        .contains("SignatureDoesNotMatch")
        .endsWith("HINT: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\n");
  }

  @Test
  void noKeysAtAllIsSaidSo() {
    Launcher launcher =
        sandbox
            .onS3()
            .without("AWS_ACCESS_KEY_ID")
            .without("AWS_SECRET_ACCESS_KEY")
            .with("AWS_EC2_METADATA_DISABLED", "true");

    Finished list = launcher.run("list");

    assertThat(list.exits(12).err())
        .startsWith("error: unable to ")
        .endsWith("HINT: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\n");
  }

  @Test
  void aBucketThatDoesNotExistIsNamed() {
    Finished create =
        sandbox.onS3().run("vault", "create", "--vault", "s3://bucket-of-nobody/vault");

    assertThat(create.exits(1).err())
        .contains("NoSuchBucket")
        .endsWith(
            "HINT: create the bucket 'bucket-of-nobody', or check its name and the S3"
                + " endpoint\n");
  }

  @Test
  void anExportInABucketThatDoesNotExistIsNoExportThatIsMissing() {
    Finished restore =
        sandbox
            .onS3()
            .run(
                "restore",
                "s3://bucket-of-nobody/AWSDynamoDB/01715685260608-c488b4e1",
                "--table",
                "orders",
                "--key-schema",
                "pk:S");

    assertThat(restore.exits(1).err()).contains("NoSuchBucket").contains("bucket-of-nobody");
  }

  /** A port that was free a moment ago. */
  private static String addressOfNobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
