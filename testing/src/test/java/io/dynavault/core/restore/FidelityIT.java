// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.local.demo.GeneratedTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.poison.LegalItems;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type at every depth, backed up and restored in every format and compression: what comes
 * back is what was there, down to the text of numbers and the base64 of binaries.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FidelityIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();

  private final List<LiveTable> sources = new ArrayList<>();

  @BeforeAll
  void fill() {
    List<DemoTable> tables = new ArrayList<>(LegalItems.tables("poison"));
    tables.add(new GeneratedTable("generated-fidelity", 500, 42));
    tables.add(new AirportsTable("airports-fidelity", 300));
    tables.forEach(table -> sources.add(LiveTable.createFilled(ENDPOINT, table)));
  }

  @AfterAll
  void drop() {
    sources.forEach(LiveTable::drop);
  }

  Stream<Arguments> combinations() {
    return sources.stream()
        .flatMap(
            table ->
                Stream.of(OutputFormat.values())
                    .flatMap(
                        format ->
                            Stream.of(Compression.values())
                                .map(compression -> Arguments.of(table, format, compression))));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Tag("F15")
  void comesBackAsItWas(LiveTable source, OutputFormat format, Compression compression)
      throws Exception {
    try (TestingEngine engine = TestingEngine.inMemory()) {
      RecoveryPoint point =
          engine
              .backup(
                  ScanQuery.all(source.name(), true), TestingEngine.options(format, compression))
              .recoveryPoint();
      String target = TestingServers.newTableName("restored");
      RestoreResult result = engine.restoreInto(point, target);
      LiveTable restored = LiveTable.of(ENDPOINT, target);
      assertThat(restored).hasSameItemsAs(source);
      Assertions.assertThat(engine.failures()).isEmpty();
      Assertions.assertThat(result.written()).isEqualTo(point.export().itemCount());
      CompareResult compared = engine.compare(point, target);
      Assertions.assertThat(compared)
          .isEqualTo(new CompareResult(point.export().itemCount(), 0, 0, 0));
      restored.drop();
    }
  }
}
