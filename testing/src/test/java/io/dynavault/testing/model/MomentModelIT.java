// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.model.CaptureStory.Loss;
import io.dynavault.testing.simulation.Scorecard;
import io.dynavault.testing.table.LiveTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables of DynamoDB Local, written at random, at random moments of their past: {@code
 * -Dmodel.moments=1000} looks at more.
 */
@Tag("G9")
class MomentModelIT {
  private static final int MOMENTS = Integer.getInteger("model.moments", 210);
  private static final long SEED = Long.getLong("model.seed", 20_261_121);
  private static final int STORIES = 2;
  private static final int LIVES = 2;
  private static final int RESTORED = 3;

  @Test
  @Tag("G8")
  @Tag("G10")
  @Tag("F11")
  void everyMomentIsWhatItWas() {
    long start = System.nanoTime();
    StoryFigures figures = new StoryFigures();
    for (int story = 0; story < STORIES; story++) {
      Optional<Loss> loss = story == 0 ? Optional.empty() : Optional.of(Loss.TABLE_RECREATED);
      figures.play(SEED + story, new LocalTables(), LIVES, loss, MOMENTS / STORIES);
    }

    Scorecard scorecard =
        new Scorecard()
            .set("seed", SEED)
            .set("seconds", (System.nanoTime() - start) / 1_000_000_000);
    figures.write(scorecard, "moments");
    assertThat(figures.failures()).as("by seed").isEmpty();
    assertThat(figures.moments()).isGreaterThanOrEqualTo(MOMENTS);
  }

  @Test
  void aTableIsRestoredAsItWas() throws Exception {
    LocalTables table = new LocalTables();
    try (CapturedWorld world = new CapturedWorld(SEED, table);
        TestingEngine engine = TestingEngine.on(MemoryStore.isolated(world.dynamoDbClock()))) {
      new CaptureProcess(world).stopAfter(Duration.ofSeconds(45)).run(Until.STOPPED);
      KnownHistory.catchUp(world);
      KnownHistory history = new KnownHistory(world);
      List<Instant> moments = history.moments();
      Random random = new Random(SEED);
      for (int i = 0; i < RESTORED; i++) {
        Instant moment = moments.get(random.nextInt(moments.size()));
        assertThat(restored(world, engine, history, moment))
            .as("the table at %s", moment)
            .isEqualTo(world.known().at(moment));
      }
    }
  }

  private static SortedMap<String, String> restored(
      CapturedWorld world, TestingEngine engine, KnownHistory history, Instant moment)
      throws InterruptedException {
    MomentPlan plan = history.planner().plan(history.windows(), moment, Set.of());
    String name = TestingServers.newTableName("restored");
    try (ItemContent content = plan.open(world.store())) {
      RestoreTarget target =
          new RestoreTarget.NewTable(
              TableOverrides.none().withTableName(name).apply(plan.base().table()));
      engine.restore(content, target, TestingEngine.everything());
    }
    return LiveTable.of(TestingServers.dynamoDb().endpoint(), name).contents();
  }
}
