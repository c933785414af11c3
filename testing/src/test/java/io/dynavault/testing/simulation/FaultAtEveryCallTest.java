// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every use case with every fault at every call: to the stores, of items and of tables. After each
 * the program is run again, and no item may be lost, no record may be wrong and nothing may be left
 * over.
 */
class FaultAtEveryCallTest {
  private static final Scorecard SCORECARD = new Scorecard();

  @AfterAll
  static void writeScorecard() {
    SCORECARD.write("fault-calls");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("G1")
  @Tag("G3")
  @Tag("G4")
  @Tag("G11")
  @Tag("F4")
  @Tag("F5")
  @Tag("F8")
  void isMadeGoodByRunningAgain(UseCase useCase) throws Exception {
    List<FaultCase> cases = FaultCase.all(useCase);

    List<String> bad =
        cases.parallelStream().map(FaultAtEveryCallTest::run).filter(Objects::nonNull).toList();

    SCORECARD.set(useCase + ".cases", cases.size()).set(useCase + ".violations", bad.size());
    assertThat(cases).hasSizeGreaterThan(100);
    assertThat(bad).isEmpty();
  }

  private static @Nullable String run(FaultCase one) {
    try {
      one.run();
      return null;
    } catch (AssertionError | RuntimeException | InterruptedException e) {
      return one + ": " + e;
    }
  }
}
