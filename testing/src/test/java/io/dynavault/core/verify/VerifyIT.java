// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.time.Timing;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.poison.LegalItems;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is whole is never reported: backups of difficult tables, and an export that AWS wrote. */
class VerifyIT {
  private static final Path REAL_EXPORTS = Path.of("../format/src/test/resources/real-export");
  private static final String REAL_EXPORT = "dynamodb-export/AWSDynamoDB/01715685260608-c488b4e1";

  @ParameterizedTest
  @CsvSource({"DYNAMODB_JSON, GZIP", "ION, ZSTD"})
  void findsNothingInBackupsOfEveryKindOfItem(OutputFormat format, Compression compression)
      throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      long items = 0;
      List<DemoTable> tables = new ArrayList<>(LegalItems.tables("verify-" + format + "-"));
      tables.add(new AirportsTable(TestingServers.newTableName("airports")));
      for (DemoTable table : tables) {
        LiveTable live = LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), table);
        engine.backup(
            ScanQuery.all(live.name(), false), TestingEngine.options(format, compression));
        items += live.contents().size();
        live.drop();
      }

      VerifyResult result = verify(new VerifyTarget.WholeVault(engine.vault()), VerifyLevel.DATA);

      assertThat(result.findings()).isEmpty();
      assertThat(result.exports()).hasSameSizeAs(tables);
      assertThat(result.exports().stream().mapToLong(VerifiedExport::items).sum()).isEqualTo(items);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingWrongInAnExportOfAws(VerifyLevel level) throws Exception {
    KeySchema keys = KeySchema.of(new KeyAttribute("id", ScalarType.S));
    try (ObjectStore store =
        new LocalStore(
            new StoreLocation.Folder(REAL_EXPORTS.toAbsolutePath()), Timing.system().random())) {
      VerifyResult result =
          verify(new VerifyTarget.BareExport(store, REAL_EXPORT, Optional.of(keys)), level);

      assertThat(result.sound()).isTrue();
      assertThat(result.findings())
          .as("whoever published it has left the manifests' checksums out")
          .extracting(Finding::what)
          .containsExactly(
              "manifest-files.json has no checksum file; it could not be verified",
              "manifest-summary.json has no checksum file; it could not be verified");
      assertThat(result.exports().get(0).items()).isEqualTo(level == VerifyLevel.DATA ? 3 : 0);
    }
  }

  private static VerifyResult verify(VerifyTarget target, VerifyLevel level)
      throws InterruptedException {
    return new VerifyRun(
            VerifyRequest.of(target, level, 3),
            RunContext.system("verify", new StopSignal()),
            ManagedBackups.none())
        .run();
  }
}
