// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chain;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.TestingChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.format.export.OutputFormat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportChainTest {
  private final TestingChain exports = new TestingChain();

  @Test
  void joinsWindowsThatMeet() {
    RecoveryPoint third = window("10:30", "10:45");
    RecoveryPoint first = window("10:00", "10:15");
    RecoveryPoint base = full("10:00");
    RecoveryPoint second = window("10:15", "10:30");

    ExportChain chain = ExportChain.endingWith(third, exports.points());

    assertThat(chain.base()).isEqualTo(base);
    assertThat(chain.windows()).containsExactly(first, second, third);
    assertThat(chain.end()).isEqualTo(Instant.parse("2026-01-02T10:45:00Z"));
    assertThat(newest().last()).isEqualTo(third);
  }

  @Test
  void aFullExportIsAChainByItself() {
    RecoveryPoint base = full("10:00");

    assertThat(ExportChain.endingWith(base, exports.points()).windows()).isEmpty();
  }

  @Test
  void takesTheShortestWay() {
    full("10:00");
    window("10:00", "10:15");
    RecoveryPoint nearer = full("10:15");
    RecoveryPoint last = window("10:15", "10:30");

    assertThat(ExportChain.endingWith(last, exports.points()).base()).isEqualTo(nearer);
  }

  @Test
  void aHoleIsNamedByItsEnd() {
    full("10:00");
    window("10:00", "10:15");
    window("10:30", "10:45");
    RecoveryPoint last = window("10:45", "11:00");

    DynavaultException hole =
        failure(
            ErrorCode.RECOVERY_POINT_NOT_FOUND,
            () -> ExportChain.endingWith(last, exports.points()));

    assertThat(hole)
        .hasMessageContaining(
            "neither a full export of 2026-01-02T10:30:00Z nor a window that ends");
    assertThat(newest().end()).isEqualTo(Instant.parse("2026-01-02T10:15:00Z"));
    assertThat(newest().beyond(exports.points())).hasSize(2).last().isEqualTo(last);
  }

  /** An item that came before the full export and went after it is not mentioned by the window. */
  @Test
  void anOverlapIsNotAContinuation() {
    full("10:05");
    RecoveryPoint last = window("10:00", "10:15");

    assertThat(
            failure(
                ErrorCode.RECOVERY_POINT_NOT_FOUND,
                () -> ExportChain.endingWith(last, exports.points())))
        .isNotNull();
    assertThat(newest().windows()).isEmpty();
  }

  @Test
  void anOlderChainThatReachesFurtherIsTheNewest() {
    full("10:00");
    full("10:05");
    RecoveryPoint last = window("10:00", "10:15");

    assertThat(newest().last()).isEqualTo(last);
  }

  @Test
  void whatIsOfAnotherTableIdDoesNotCount() {
    full("10:00");

    assertThat(ExportChain.newest("another", exports.points())).isEmpty();
  }

  @Test
  void aScanIsNoBase() {
    RecoveryPoint scan = TestingPoints.point("orders", "2026-01-02T10:00:00Z");

    assertThat(ExportChain.canBeBase(scan)).isFalse();
    assertThat(ExportChain.newest(scan.table().tableId(), List.of(scan))).isEmpty();
  }

  private ExportChain newest() {
    String tableId = exports.points().get(0).table().tableId();
    return ExportChain.newest(tableId, exports.points()).orElseThrow();
  }

  private RecoveryPoint full(String time) {
    return exports.full("2026-01-02T" + time + ":00Z");
  }

  private RecoveryPoint window(String from, String to) {
    return exports.window(
        "2026-01-02T" + from + ":00Z",
        "2026-01-02T" + to + ":00Z",
        OutputFormat.DYNAMODB_JSON,
        List.of());
  }
}
