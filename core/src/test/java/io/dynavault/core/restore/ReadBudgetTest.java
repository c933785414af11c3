// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.verify.TestingExport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A restore that has to read the table leaves room for the table's users. */
@Timeout(60)
class ReadBudgetTest {
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final RecoveryPoint point =
      TestingExport.orders().file("{\"pk\":{\"S\":\"a\"}}").store(store);
  private final ExportContent content = ExportContent.open(store, point);
  private final TestingTarget target = new TestingTarget();

  /** A unit reads 4096 bytes consistently: four items of a KB, as long as no page was seen. */
  @Test
  void everyPolicyThatReadsTheTableKeepsToIt() throws Exception {
    for (ConflictPolicy policy :
        List.of(ConflictPolicy.FAIL, ConflictPolicy.MAKE_IDENTICAL, ConflictPolicy.CLEAR)) {
      TestingTarget reading = new TestingTarget();

      reading.restore(content, existing(policy), options(new CapacityBudget.Units(1)));

      assertThat(scans(reading))
          .isNotEmpty()
          .allSatisfy(body -> assertThat(body).contains("\"Limit\":4"));
    }
  }

  @Test
  void aShareOfWhatNobodyHasProvisionedIsRefusedBeforeAnythingIsDone() {
    failure(
        ErrorCode.USAGE,
        () ->
            target.restore(
                content, existing(ConflictPolicy.CLEAR), options(new CapacityBudget.Share(50))));

    assertThat(target.transport.requests()).isEmpty();
  }

  private RestoreTarget existing(ConflictPolicy policy) {
    return new RestoreTarget.ExistingTable(point.table(), policy);
  }

  private static RestoreOptions options(CapacityBudget readCapacity) {
    return new RestoreOptions(
        1,
        Optional.empty(),
        Optional.of(readCapacity),
        ItemSelection.everything(),
        Optional.empty(),
        "of this test");
  }

  private static List<String> scans(TestingTarget reading) {
    return reading.transport.requests().stream()
        .filter(request -> request.operation().equals("Scan"))
        .map(TestingTransport.Request::body)
        .toList();
  }
}
