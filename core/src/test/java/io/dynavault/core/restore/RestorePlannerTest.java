// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.verify.TestingExport;
import io.dynavault.format.item.KeySchema;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestorePlannerTest {
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final RecoveryPoint point =
      TestingExport.orders().file("{\"pk\":{\"S\":\"a\"}}").store(store);
  private final TestingTarget target = new TestingTarget();

  @Test
  void doesNotClearATableToRestoreSomeKeys() {
    RestoreTarget cleared = new RestoreTarget.ExistingTable(point.table(), ConflictPolicy.CLEAR);

    failure(
        ErrorCode.USAGE,
        () -> target.restore(ExportContent.open(store, point), cleared, onlyKey("a")));

    assertThat(target.transport.requests()).isEmpty();
  }

  private static RestoreOptions onlyKey(String pk) {
    KeyFilter keys = KeyFilter.parse(List.of("pk=" + pk), KeySchema.of(TestingTarget.PK));
    return new RestoreOptions(
        1,
        Optional.empty(),
        Optional.empty(),
        ItemSelection.everything().withKeys(keys),
        Optional.empty(),
        "of this test");
  }
}
