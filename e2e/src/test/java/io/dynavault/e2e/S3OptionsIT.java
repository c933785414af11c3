// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the S3 options of the command line make of the requests that the server gets. */
class S3OptionsIT {
  private static final Pattern PUT =
      Pattern.compile("PUT (?<target>\\S+) HTTP/1\\.1\r\n(?<headers>(?:\\S+:.*\r\n)+)");

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void endpointPathStyleEncryptionAndStorageClassReachTheServer() throws IOException {
    String bucket = TestingServers.newBucket();
    String table = sandbox.fill(new OrdersTable(Sandbox.newName())).name();
    Launcher launcher = sandbox.launcher().without("AWS_SESSION_TOKEN").without("DYNAVAULT_VAULT");
    try (TrafficTap tap = TrafficTap.before(TestingServers.s3().endpoint())) {
      String[] s3 = {
        "--vault",
        "s3://" + bucket + "/vault",
        "--s3-endpoint-url",
        tap.endpoint(),
        "--s3-path-style",
        "--storage-class",
        "STANDARD_IA"
      };

      // This server knows no encryption: it has to be asked for it, and the refusal told.
      assertThat(launcher.run(with(s3, "vault", "create", "--sse", "AES256")).exits(1).err())
          .contains("Server-side encryption is not supported")
          .contains("\nHINT: ");
      assertThat(tap.sent()).containsIgnoringCase("x-amz-server-side-encryption: AES256");

      launcher.run(with(s3, "vault", "create")).succeeds();
      launcher.run(with(s3, "backup", "--table", table)).succeeds();
      launcher.run(with(s3, "verify")).succeeds();

      List<String> puts =
          PUT.matcher(tap.sent()).results().map(put -> put.group(1) + "\n" + put.group(2)).toList();
      assertThat(puts).hasSizeGreaterThan(5);
      assertThat(puts).allMatch(put -> put.startsWith("/" + bucket + "/vault/"));
      assertThat(puts.stream().filter(put -> put.contains("/data/")))
          .isNotEmpty()
          .allSatisfy(
              put ->
                  assertThat(put.toLowerCase(Locale.ROOT))
                      .contains("x-amz-storage-class: standard_ia"));
      assertThat(puts.stream().filter(put -> put.contains("/vault/locks/")))
          .isNotEmpty()
          .noneMatch(put -> put.toLowerCase(Locale.ROOT).contains("x-amz-storage-class"));
    }
  }

  private static String[] with(String[] options, String... command) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(options)).toArray(String[]::new);
  }
}
