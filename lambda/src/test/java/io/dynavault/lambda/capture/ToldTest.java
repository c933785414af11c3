// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

  private final Told told = new Told();

  private boolean isNews(String table, ErrorCode code, long seconds) {
    return told.isNews(table, code, NOW.plusSeconds(seconds));
  }

  @Test
  void theSameFailureIsToldOnceAnHour() {
    assertThat(isNews("orders", ErrorCode.ACCESS_DENIED, 0)).isTrue();
    assertThat(isNews("orders", ErrorCode.ACCESS_DENIED, 10)).isFalse();
    assertThat(isNews("orders", ErrorCode.ACCESS_DENIED, 3599)).isFalse();
    assertThat(isNews("orders", ErrorCode.ACCESS_DENIED, 3600)).isTrue();
  }

  @Test
  void anotherTableOrAnotherFailureIsNews() {
    isNews("orders", ErrorCode.ACCESS_DENIED, 0);

    assertThat(isNews("customers", ErrorCode.ACCESS_DENIED, 1)).isTrue();
    assertThat(isNews("orders", ErrorCode.STREAM_UNFIT, 1)).isTrue();
  }

  @Test
  void aTableThatWorkedBetweenIsNewsAgain() {
    isNews("orders", ErrorCode.ACCESS_DENIED, 0);

    told.works("orders");

    assertThat(isNews("orders", ErrorCode.ACCESS_DENIED, 2)).isTrue();
  }
}
