// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.continuous.LongChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments so far behind their base that not all change files between them are remembered. */
class LongMomentTest {
  /** More than a day of them. */
  private static final int LONG = 10_000;

  /** A plan that remembered each of these files would need more memory than there is. */
  @Test
  void needsLittleMemoryForDaysOfChangeFiles() throws IOException, InterruptedException {
    int files = 45_000;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LongMoment.class.getName(),
                "" + files)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);

      assertThat(process.waitFor()).isZero();
      assertThat(output.lines().toList()).isEqualTo(new LongMoment(files).expected());
    } finally {
      process.destroyForcibly();
    }
  }

  /** An hour of files costs three requests beside their own: its index twice, and a listing. */
  @Test
  void asksTheStoreForLittleBesideTheFiles() throws InterruptedException {
    LongMoment moment = new LongMoment(LONG);
    MomentPlan plan = moment.plan();
    int planned = moment.chain.requests();

    assertThat(moment.read(plan)).isEqualTo(moment.expected());
    assertThat(plan.changeFiles()).isEqualTo(LONG);
    assertThat(moment.chain.requests() - planned).isBetween(LONG, LONG + LONG / 100);
  }

  /** What has no index yet is read commit by commit: once. */
  @Test
  void readsTheCommitsOfAnHourOnce() throws InterruptedException {
    int files = LongChain.PER_HOUR - 1;
    LongMoment moment = new LongMoment(files);
    MomentPlan plan = moment.plan();
    int planned = moment.chain.requests();

    assertThat(moment.read(plan)).isEqualTo(moment.expected());
    assertThat(moment.chain.requests() - planned).isBetween(files, files + 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aFileHasOneNumberWhereverReadingBegins(long seed) throws InterruptedException {
    Random random = new Random(seed);
    LongMoment moment = new LongMoment(LONG);
    NeededFiles files = ((CommittedChanges) moment.plan().source()).files();
    assertThat(files.count()).isEqualTo(LONG);
    for (int i = 0; i < 20; i++) {
      int from = random.nextInt(LONG);
      int to = from + random.nextInt(Math.min(700, LONG - from) + 1);
      List<String> read = new ArrayList<>();
      files.readBackwards(
          from, to, (number, needed) -> read.add(number + " " + needed.file().key()));

      assertThat(read)
          .as("seed %d, from %d to %d", seed, from, to)
          .isEqualTo(
              IntStream.range(from, to)
                  .map(n -> from + to - 1 - n)
                  .mapToObj(n -> n + " " + moment.chain.commit(n + 1).files().get(0).key())
                  .toList());
    }
  }

  @Test
  void aCommitThatIsAnotherOneThanWhenItWasPlannedWithIsAnError() {
    LongMoment moment = new LongMoment(LONG);
    MomentPlan plan = moment.plan();
    Commit other = moment.chain.commit(701);
    moment.chain.replace(
        new Commit(
            other.chain(),
            700,
            moment.chain.commit(700).written(),
            1,
            moment.chain.commit(700).completeTo(),
            other.files(),
            other.positions(),
            other.counts(),
            other.late()));

    assertThat(refused(moment, plan, ErrorCode.DAMAGED))
        .hasMessageContaining("commits 361 to 720 are not what they were");
  }

  @Test
  void aCommitThatVanishesIsAnError() {
    LongMoment moment = new LongMoment(LONG);
    MomentPlan plan = moment.plan();
    moment.chain.remove(700);

    assertThat(refused(moment, plan, ErrorCode.DAMAGED)).hasMessageContaining("0000000700.json");
  }

  @Test
  void commitsThatHaveExpiredMeanwhileAreSaidToHave() {
    LongMoment moment = new LongMoment(LONG);
    MomentPlan plan = moment.plan();
    moment
        .chain
        .log()
        .expire(
            new Expiry(
                moment.chain.log().chain().id(),
                720,
                moment.chain.commit(720).written(),
                LongChain.START));
    moment.chain.remove(700);

    assertThat(refused(moment, plan, ErrorCode.RECOVERY_POINT_NOT_FOUND))
        .hasMessageContaining("commits 361 to 720 of chain")
        .hasMessageContaining("have expired");
  }

  /** Nothing is handed out of what is refused. */
  private static DynavaultException refused(LongMoment moment, MomentPlan plan, ErrorCode code) {
    List<String> items = new ArrayList<>();
    DynavaultException failure = failure(code, () -> items.addAll(moment.read(plan)));
    assertThat(items).isEmpty();
    return failure;
  }
}
