// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  @Tag("G15")
  void oneSubjectThatFailsDoesNotStopTheOthers() throws Exception {
    List<Outcome<String>> outcomes =
        Outcome.ofEach(
            List.of("a", "known", "bug", "b"),
            2,
            new StopSignal(),
            subject -> {
              if (subject.equals("known")) {
                throw new DynavaultException(ErrorCode.TABLE_NOT_FOUND, "no such table");
              }
              if (subject.equals("bug")) {
                throw new IllegalStateException("oops");
              }
              return subject + "!";
            });
    assertThat(outcomes).extracting(Outcome::subject).containsExactly("a", "known", "bug", "b");
    assertThat(outcomes).extracting(Outcome::succeeded).containsExactly(true, false, false, true);
    assertThat(outcomes.get(1).failure().orElseThrow().code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(outcomes.get(2).failure().orElseThrow().code()).isEqualTo(ErrorCode.BUG);
  }

  @Test
  void aSignalOfOnesOwnStopsWithTheOthersButNotThem() {
    StopSignal all = new StopSignal();
    StopSignal own = all.child();
    own.request();
    assertThat(all.isRequested()).isFalse();
    StopSignal other = all.child();
    assertThat(other.isRequested()).isFalse();
    all.request();
    assertThat(other.isRequested()).isTrue();
  }
}
