// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.temporary.TemporaryFolder;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.verify.TestingExport;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IdenticalPlanTest {
  @TempDir private Path folder;

  @Test
  void aComparisonThatFailsLeavesNoTemporaryFile() throws Exception {
    MemoryStore store = MemoryStore.isolated(InstantSource.system());
    RecoveryPoint point = TestingExport.orders().file("{\"pk\":{\"S\":\"a\"}}").store(store);
    TestingTarget broken =
        new TestingTarget(
            (operation, body) -> {
              throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to scan: down");
            });
    RunContext context = RunContext.system("orders", broken.stop);
    TargetTable table =
        new TargetTable("orders", broken.transport, broken.dynamoDb.clients(), pause -> {}, 2);
    KeyReader keys = new KeyReader(KeySchema.of(TestingTarget.PK));
    CompareRun comparison =
        new CompareRun(
            ExportContent.open(store, point),
            table.scan(point.table(), Optional.empty(), context),
            keys,
            CompareScope.everything(),
            context);
    TemporaryFolder files = TemporaryFolder.below(folder);

    failure(ErrorCode.SERVICE_UNAVAILABLE, () -> IdenticalPlan.of(comparison, keys, files).close());

    assertThat(folder).isEmptyDirectory();
  }
}
