// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServersIT {
  @TempDir Path workDir;

  @Test
  void startsAndEndsBoth() {
    LocalServers servers = LocalServers.start(workDir);
    ProcessHandle dynamoDb = servers.dynamoDb().process().handle();
    ProcessHandle s3 = servers.s3().process().handle();
    assertThat(dynamoDb.isAlive()).isTrue();
    assertThat(s3.isAlive()).isTrue();
    assertThat(workDir.resolve("s3")).isDirectory();

    servers.close();

    assertThat(dynamoDb.isAlive()).isFalse();
    assertThat(s3.isAlive()).isFalse();
  }

  @Test
  void leavesNeitherRunningWhenOneDoesNotStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LocalServers.start(workDir, 0, taken.getLocalPort()))
          .isInstanceOf(LocalServerException.class)
          .hasMessageContaining("unable to start the S3 server")
          .satisfies(
              e ->
                  Files.deleteIfExists(Path.of(e.getMessage().replaceAll("^.*see '(.*)'$", "$1"))));
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
