// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StopSignal user = new StopSignal();

  @Test
  void aRunThatLostItsSourceStopsAloneAndTheUserStopsAll() {
    StopSignal lost = new StopSignal();
    RunContext one = RunContext.system("one", user).stoppedBy(lost);
    RunContext other = RunContext.system("other", user).stoppedBy(new StopSignal());

    lost.request();

    assertThat(one.stop().isRequested()).isTrue();
    assertThat(other.stop().isRequested()).isFalse();
    assertThat(user.isRequested()).isFalse();

    user.request();

    assertThat(other.stop().isRequested()).isTrue();
  }
}
