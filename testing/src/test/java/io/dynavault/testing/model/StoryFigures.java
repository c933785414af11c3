// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.testing.model.CaptureStory.Fate;
import io.dynavault.testing.model.CaptureStory.Loss;
import io.dynavault.testing.simulation.Scorecard;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Plays stories, each in a world of its own, and counts. Safe for several threads. */
final class StoryFigures {
  private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
  private final Map<Long, String> failures = new TreeMap<>();
  private int changes;
  private int moments;
  private int mismatches;
  private int chains;
  private int losses;
  private int gaps;

  /**
   * Plays a story and looks at random moments of its windows, and at the first and the last one of
   * each.
   */
  void play(long seed, ServedTable table, int lives, Optional<Loss> loss, int looks) {
    try (CapturedWorld world = new CapturedWorld(seed, table)) {
      CaptureStory story = new CaptureStory(world);
      story.play(lives, loss);
      KnownHistory history = new KnownHistory(world);
      count(story, history, history.requireEveryChangeOnce(), history.requireGapsAreRefused());
      look(history, new Random(seed), looks);
    } catch (AssertionError | RuntimeException | InterruptedException e) {
      failed(seed, e);
    }
  }

  private void look(KnownHistory history, Random random, int looks) throws InterruptedException {
    List<Instant> moments = history.moments();
    assertThat(moments).as("moments that can be restored").isNotEmpty();
    List<Instant> chosen = history.boundaries();
    random.ints(looks, 0, moments.size()).mapToObj(moments::get).forEach(chosen::add);
    for (Instant moment : chosen) {
      int wrong = history.mismatches(moment);
      looked(wrong);
      assertThat(wrong).as("items of %s that are wrong", moment).isZero();
    }
  }

  private synchronized void looked(int wrong) {
    moments++;
    mismatches += wrong;
  }

  private synchronized void count(
      CaptureStory story, KnownHistory history, int storyChanges, int storyGaps) {
    changes += storyChanges;
    chains += history.chains().size();
    story.fates().forEach((fate, count) -> fates.merge(fate, count, Integer::sum));
    losses += story.losses().size();
    gaps += storyGaps;
    assertThat(history.chains().stream().filter(chain -> chain.end().isPresent()))
        .as("chains that have ended, of losses")
        .hasSameSizeAs(story.losses());
  }

  private synchronized void failed(long seed, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    failures.put(seed, trace.toString());
  }

  /** What was wrong, by seed. */
  synchronized Map<Long, String> failures() {
    return new TreeMap<>(failures);
  }

  /** Moments that were compared with what is known. */
  synchronized int moments() {
    return moments;
  }

  /** Writes the figures. */
  synchronized void write(Scorecard scorecard, String name) {
    scorecard
        .set("changes", changes)
        .set("chains", chains)
        .set("moments", moments)
        .set("items.mismatching", mismatches)
        .set("losses", losses)
        .set("gaps.refused", gaps)
        .set("violations", failures.size());
    fates.forEach((fate, count) -> scorecard.set("runs." + fate, count));
    scorecard.write(name);
  }
}
