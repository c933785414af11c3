// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.command.ExitStatus;
import io.dynavault.core.job.StopSignal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {

  @Test
  void aSignalInterruptsTheCommandAndDecidesTheExitCode() {
    List<String> messages = new ArrayList<>();
    Interruption interruption = new Interruption(Thread.currentThread());
    interruption.announceThrough(messages::add);

    interruption.request(ExitStatus.TERMINATED);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interruption.exitStatus()).contains(ExitStatus.TERMINATED);
    assertThat(messages)
        .containsExactly("ending: finishing what is in flight; a second signal ends at once");
  }

  @Test
  void whatRunsUntilItIsEndedDecidesItsExitCodeItself() {
    Interruption interruption = new Interruption(Thread.currentThread());
    StopSignal stop = interruption.usualStop();

    interruption.request(ExitStatus.TERMINATED);

    assertThat(stop.isRequested()).isTrue();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(interruption.exitStatus()).isEmpty();
  }

  @Test
  void withoutASignalTheCommandDecides() {
    assertThat(new Interruption(Thread.currentThread()).exitStatus()).isEmpty();
  }
}
