// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.verify.TestingExport;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a restore asks of its target before it writes, where the table or the endpoint is unwell.
 */
@Timeout(60)
class TargetTableTest {
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final RecoveryPoint point =
      TestingExport.orders().file("{\"pk\":{\"S\":\"a\"}}").store(store);
  private final ExportContent content = ExportContent.open(store, point);

  @Test
  @Tag("G11")
  void aBusyTableIsAskedAgainWhetherItIsEmpty() throws Exception {
    TestingTarget busy = new TestingTarget(throttling("Scan", 4));

    assertThat(restore(busy, ConflictPolicy.REQUIRE_EMPTY).written()).isEqualTo(1);
    assertThat(count(busy, "Scan")).isEqualTo(5);
  }

  @Test
  @Tag("G11")
  void aBusyTableIsAskedAgainWhetherItCanBeWritten() throws Exception {
    TestingTarget busy = new TestingTarget(throttling("BatchWriteItem", 4));

    assertThat(restore(busy, ConflictPolicy.CLEAR).written()).isEqualTo(1);
  }

  @Test
  void aTableThatStaysBusyIsGivenUp() {
    TestingTarget busy = new TestingTarget(throttling("Scan", Integer.MAX_VALUE));

    failure(ErrorCode.THROTTLED, () -> restore(busy, ConflictPolicy.REQUIRE_EMPTY));
    assertThat(busy.writes()).isEmpty();
  }

  @Test
  void anEndpointThatSendsTheSamePageForEverIsAnError() {
    TestingTarget circling =
        new TestingTarget(
            (operation, body) ->
                "{\"Count\":0,\"Items\":[],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"}}}");

    assertThat(
            failure(
                ErrorCode.SERVICE_UNAVAILABLE,
                () -> restore(circling, ConflictPolicy.REQUIRE_EMPTY)))
        .hasMessageContaining("leads back to the same page");
    assertThat(count(circling, "Scan")).isEqualTo(2);
  }

  @Test
  void whoMayNotWriteIsToldBeforeTheTableIsRead() {
    for (ConflictPolicy policy :
        new ConflictPolicy[] {ConflictPolicy.CLEAR, ConflictPolicy.MAKE_IDENTICAL}) {
      TestingTarget refusing =
          new TestingTarget(
              (operation, body) -> {
                throw new RefusedException(
                    ErrorCode.ACCESS_DENIED, "AccessDeniedException", "not authorized");
              });

      failure(ErrorCode.ACCESS_DENIED, () -> restore(refusing, policy));

      assertThat(refusing.transport.requests())
          .singleElement()
          .satisfies(request -> assertThat(request.operation()).isEqualTo("BatchWriteItem"))
          .satisfies(request -> assertThat(request.body()).contains("DeleteRequest"));
    }
  }

  private RestoreResult restore(TestingTarget target, ConflictPolicy policy)
      throws InterruptedException {
    return target.restore(
        content,
        new RestoreTarget.ExistingTable(point.table(), policy),
        TestingTarget.everything());
  }

  private static BiFunction<String, String, String> throttling(String busy, int times) {
    int[] left = {times};
    return (operation, body) -> {
      if (operation.equals(busy) && left[0]-- > 0) {
        throw new ThrottledException("slow down");
      }
      return TestingTarget.takeEverything(operation, body);
    };
  }

  private static long count(TestingTarget target, String operation) {
    return target.transport.requests().stream()
        .filter(request -> request.operation().equals(operation))
        .count();
  }
}
