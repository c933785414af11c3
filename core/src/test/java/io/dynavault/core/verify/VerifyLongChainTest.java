// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.LongChain;
import io.dynavault.core.vault.TestingVault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A chain of 28 hours of commits. */
class VerifyLongChainTest {
  private static final int COMMITS = 10_000;
  private static final int HOURS = 28;

  private final TestingVault testing = new TestingVault();
  private final LongChain chain =
      new LongChain(
          testing.memory, COMMITS, Stream.generate(() -> new byte[9]).limit(360).toList());

  /** For each hour its index, that it is whole, and a listing of its files. */
  @Test
  void asksForLittleWhereFilesAreNotRead() {
    VerifiedChain verified = verify();

    assertThat(verified.commits()).isEqualTo(COMMITS);
    assertThat(verified.files()).isEqualTo(COMMITS);
    assertThat(verified.findings()).noneMatch(Finding::isError);
    int unindexed = COMMITS % LongChain.PER_HOUR;
    assertThat(chain.requests()).isLessThan(unindexed + 3 * HOURS + COMMITS / 1000 + 50);
  }

  /** Commits that are in their hour's index count as lost if they are nowhere else. */
  @Test
  void goesOnBehindADamagedHour() {
    for (long number = 721; number <= 1080; number++) {
      chain.remove(number);
    }

    VerifiedChain verified = verify();

    List<Finding> errors = verified.findings().stream().filter(Finding::isError).toList();
    assertThat(errors)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.what())
                    .contains("0000000721.json")
                    .endsWith("so it is with those up to commit 1080"));
    assertThat(verified.commits()).isEqualTo(COMMITS - 360);
  }

  private VerifiedChain verify() {
    return TestingExport.verify(testing.on("there", chain), VerifyLevel.STRUCTURE).chains().get(0);
  }
}
