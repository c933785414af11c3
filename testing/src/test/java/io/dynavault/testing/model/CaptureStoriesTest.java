// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.testing.model.CaptureStory.Loss;
import io.dynavault.testing.simulation.Scorecard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Continuous backup over many lives of captures, in memory: {@code -Dmodel.stories=1000} plays more
 * of them, and a seed that fails can be played alone with {@code -Dmodel.stories=1
 * -Dmodel.seed=<seed>}.
 */
class CaptureStoriesTest {
  private static final int STORIES = Integer.getInteger("model.stories", 5);
  private static final long FIRST_SEED = Long.getLong("model.seed", 20_261_121);
  private static final List<Loss> LOSSES = List.of(Loss.values());
  private static final int LIVES = 5;
  private static final int MOMENTS = 20;

  private final StoryFigures figures = new StoryFigures();

  @Test
  @Tag("G5")
  @Tag("G8")
  @Tag("G9")
  @Tag("G10")
  @Tag("F9")
  @Tag("F10")
  @Tag("F11")
  @Tag("F13")
  @Tag("F22")
  @Tag("F24")
  void everySecondIsRightWhateverBecomesOfCaptures() {
    LongStream.range(FIRST_SEED, FIRST_SEED + STORIES).parallel().forEach(this::play);

    Scorecard scorecard = new Scorecard().set("seed.first", FIRST_SEED).set("stories", STORIES);
    figures.write(scorecard, "capture-stories");
    assertThat(figures.failures()).as("by seed").isEmpty();
  }

  /** Of every five stories, each loses changes in another way. */
  private void play(long seed) {
    Loss loss = LOSSES.get(Math.floorMod(seed, LOSSES.size()));
    figures.play(seed, new MemoryTables(), LIVES, Optional.of(loss), MOMENTS);
  }

  /** Of a record that is on its way for long, the moment counts at which it was made. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Tag("G9")
  void aChangeThatComesLateCountsAtItsTime(long seed) throws Exception {
    try (CapturedWorld world = new CapturedWorld(seed, new MemoryTables())) {
      world.delay(Duration.ofSeconds(20));
      new CaptureProcess(world).stopAfter(Duration.ofSeconds(90)).run(Until.STOPPED);
      KnownHistory.catchUp(world);
      KnownHistory history = new KnownHistory(world);

      history.requireEveryChangeOnce();
      assertThat(history.chains().get(0).commitsFrom(1))
          .anyMatch(commit -> commit.late().isPresent());
      for (Instant moment : history.moments()) {
        assertThat(history.mismatches(moment)).as("items of %s that are wrong", moment).isZero();
      }
    }
  }

  /** The scan has seen it before the stream had it, and the base counted before it came. */
  @Test
  @Tag("G9")
  @Tag("G10")
  void aLateChangeThatTheBaseHasSeenIsTakenBack() throws Exception {
    try (CapturedWorld world = new CapturedWorld(FIRST_SEED, new MemoryTables())) {
      world.busy(0);
      world.after(Duration.ofMillis(1500), () -> world.writeSlowly(40, Duration.ofMinutes(10)));
      new CaptureProcess(world).stopAfter(Duration.ofMinutes(11)).run(Until.STOPPED);
      KnownHistory.catchUp(world);
      KnownHistory history = new KnownHistory(world);

      ChainLog chain = history.chains().get(0);
      assertThat(chain.commitsFrom(chain.bases().get(0).completeWith() + 1))
          .anyMatch(commit -> commit.late().isPresent());
      history.requireEveryChangeOnce();
      for (Instant moment : history.moments().subList(0, 30)) {
        assertThat(history.mismatches(moment)).as("items of %s that are wrong", moment).isZero();
      }
    }
  }
}
