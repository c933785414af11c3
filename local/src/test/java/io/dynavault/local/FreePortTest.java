// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void aPortThatIsTakenIsNamedWithTheWayOut() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> FreePort.require("DynamoDB Local", taken.getLocalPort()))
          .isInstanceOfSatisfying(
              LocalServerException.class, e -> assertThat(e.hint()).contains("--port"))
          .hasMessage(
              "unable to start DynamoDB Local: port " + taken.getLocalPort() + " is in use");
    }
  }

  @Test
  void anyPortIsFree() {
    assertThatCode(() -> FreePort.require("DynamoDB Local", 0)).doesNotThrowAnyException();
  }
}
