// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Standard output that cannot take what is printed: a cut-off file must not look complete. */
class FullOutputIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void backUp() throws InterruptedException {
    sandbox.createVault();
    sandbox.backUp(Sandbox.airports());
  }

  @Test
  void itemsOnAFullDiskAreAFailure() {
    Finished cat = sandbox.launcher().shell("dynavault cat latest > /dev/full");

    assertThat(cat.exits(1).err())
        .startsWith("error: unable to write standard output: ")
        .contains("\nHINT: ");
  }

  @Test
  void aReaderWhoHasSeenEnoughIsNoFailure() {
    Finished cat = sandbox.launcher().shell("set -o pipefail; dynavault cat latest | head -n 2");

    assertThat(cat.succeeds().out()).hasLineCount(2);
    assertThat(cat.err()).isEmpty();
  }
}
