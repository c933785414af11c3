// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.testing.model.CaptureStory.Loss;
import io.dynavault.testing.simulation.Scorecard;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Continuous backup over many lives of captures, in memory: {@code -Dmodel.stories=1000} plays more
 * of them, and a seed that fails can be played alone with {@code -Dmodel.stories=1
 * -Dmodel.seed=<seed>}.
 */
class CaptureStoriesTest {
  private static final int STORIES = Integer.getInteger("model.stories", 10);
  private static final long FIRST_SEED = Long.getLong("model.seed", 20_261_121);
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
    Loss loss = Loss.values()[(int) Math.floorMod(seed, (long) Loss.values().length)];
    figures.play(seed, new MemoryTables(), LIVES, Optional.of(loss), MOMENTS);
  }

  /** Stories in which something was wrong once. */
  @Test
  @Tag("G9")
  void whatOnceWentWrongGoesWell() {
    for (long seed : List.of(20_261_122L)) {
      play(seed);
    }
    assertThat(figures.failures()).as("by seed").isEmpty();
  }
}
