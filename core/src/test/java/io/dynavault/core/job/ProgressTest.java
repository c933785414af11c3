// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.job.Progress.Snapshot;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress("orders");

  @Test
  void aPhaseThatBeginsCountsItemsAnewAndCapacityOn() {
    progress.begin("writing", 10, 1_000);
    progress.add(10, 1_000);
    progress.addCapacity(7.5);

    progress.begin("reading the table", 12, 0);
    progress.add(3, 300);
    progress.addCapacity(2.5);

    Snapshot now = progress.snapshot();
    assertThat(now.phase()).isEqualTo("reading the table");
    assertThat(now.expectedItems()).isEqualTo(12);
    assertThat(now.expectedBytes()).isZero();
    assertThat(now.items()).isEqualTo(3);
    assertThat(now.bytes()).isEqualTo(300);
    assertThat(now.capacityUnits()).isEqualTo(10.0);
  }

  @Test
  void aPhaseThatIsOnlyNamedCountsOn() {
    progress.phase("reading");
    progress.expect(10, 1_000);
    progress.add(10, 1_000);

    progress.phase("committing");

    Snapshot now = progress.snapshot();
    assertThat(now.phase()).isEqualTo("committing");
    assertThat(now.expectedItems()).isEqualTo(10);
    assertThat(now.expectedBytes()).isEqualTo(1_000);
    assertThat(now.items()).isEqualTo(10);
    assertThat(now.bytes()).isEqualTo(1_000);
  }
}
