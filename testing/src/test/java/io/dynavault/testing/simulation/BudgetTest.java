// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupResult;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  private static final int ITEMS = 3_000;

  @ParameterizedTest
  @ValueSource(doubles = {5, 10, 50})
  @Tag("F23")
  void aBackupConsumesWhatItIsAllowed(double unitsPerSecond) throws Exception {
    Simulation world = new Simulation(1);
    world.dynamoDb().withPagesOf(1 << 20);
    for (int i = 0; i < ITEMS; i++) {
      world.put(Simulation.TABLE, Simulation.item(Simulation.key(1_000 + i), 39 + 40 * i));
    }
    try (SimulatedProcess process = world.begin()) {
      BackupPlan plan = process.plan(Map.of());
      world.remember(plan.id());
      long start = world.time().nanos();

      BackupResult result =
          process
              .backupRun(process.vault())
              .start(
                  new BackupPlan(
                      plan.id(),
                      plan.table(),
                      plan.query(),
                      plan.options(),
                      plan.totalSegments(),
                      OptionalDouble.of(unitsPerSecond),
                      ITEMS,
                      300L * ITEMS));

      double seconds = (world.time().nanos() - start) / 1e9;
      assertThat(result.readUnits() / seconds).isCloseTo(unitsPerSecond, withinPercentage(5));
    }
    new Invariants(world).whileBroken();
  }
}
