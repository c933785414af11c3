// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.store.retry.RetryingStore;
import io.dynavault.core.time.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract over a store whose reads keep breaking, and what is particular to resuming. */
final class RetryingStoreTest extends ObjectStoreContract {
  private static final long SEED = 20261121;

  private final MemoryStore memory = MemoryStore.isolated(InstantSource.system());
  private final List<Duration> waits = new ArrayList<>();

  @Override
  protected ObjectStore openEmpty() {
    Fault cut = Fault.cutDownloadAfter(3);
    return new RetryingStore(
        new FaultyStore(
            memory, Faults.random(SEED, 0.5, List.of(cut, Fault.cutDownloadAfter(5_000_000)))),
        duration -> {},
        new Random(SEED));
  }

  /** A read that breaks and whose object is replaced meanwhile fails: without faults here. */
  @Override
  @Test
  void aReaderSeesOneWholeVersionWhileOthersWriteNewOnes() throws Exception {
    store = retrying(Faults.none());
    super.aReaderSeesOneWholeVersionWhileOthersWriteNewOnes();
  }

  @Test
  @Tag("G3")
  void aReadThatBreaksIsWholeInTheEndAndNotReportedAsDamage() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 1_000; round++) {
      byte[] content = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(content);
      memory.put("a", content);
      int from = random.nextInt(content.length);
      Faults faults = Faults.at(1, Fault.cutDownloadAfter(random.nextInt(content.length)));

      byte[] whole = readFully(retrying(faults).read("a"));
      byte[] range = readFully(retrying(faults).read("a", from, content.length - from));

      assertThat(whole).as("seed %d round %d", SEED, round).isEqualTo(content);
      assertThat(range).hasSize(content.length - from).endsWith(content[content.length - 1]);
    }
  }

  @Test
  void resumesAlsoWhenOpeningAgainFailsAtFirst() throws Exception {
    memory.put("a", bytes("0123456789"));
    Faults faults =
        call ->
            switch (call.number()) {
              case 1 -> Optional.of(Fault.cutDownloadAfter(4));
              case 2 -> Optional.of(Fault.fail(ErrorCode.SERVICE_UNAVAILABLE));
              case 3 -> Optional.of(Fault.fail(ErrorCode.THROTTLED));
              default -> Optional.empty();
            };

    assertThat(readFully(retrying(faults).read("a"))).isEqualTo(bytes("0123456789"));
    assertThat(waits).hasSize(3);
  }

  @Test
  void givesUpAfterFiveFailuresWithoutProgress() {
    memory.put("a", bytes("0123456789"));
    FaultyStore faulty = new FaultyStore(memory, Faults.always(Fault.cutDownloadAfter(0)));

    assertFails(
        ErrorCode.SERVICE_UNAVAILABLE,
        () -> readFully(new RetryingStore(faulty, waits::add, new Random(SEED)).read("a")));

    assertThat(faulty.calls()).isEqualTo(6);
    assertThat(waits).hasSize(5).allSatisfy(w -> assertThat(w).isLessThan(Duration.ofSeconds(4)));
  }

  @Test
  void progressStartsTheCountAgain() throws Exception {
    memory.put("a", new byte[100]);

    assertThat(readFully(retrying(Faults.always(Fault.cutDownloadAfter(1))).read("a")))
        .hasSize(100);
    assertThat(waits).hasSize(100);
  }

  @Test
  void doesNotRepeatWhatCannotPass() {
    memory.put("a", bytes("0123456789"));
    Faults faults =
        call ->
            Optional.of(
                call.number() == 1
                    ? Fault.cutDownloadAfter(4)
                    : Fault.fail(ErrorCode.ACCESS_DENIED));

    assertFails(ErrorCode.ACCESS_DENIED, () -> readFully(retrying(faults).read("a")));
    assertThat(waits).hasSize(1);
  }

  @Test
  void doesNotJoinTwoVersionsOfAnObject() {
    memory.put("a", bytes("0123456789"));
    Faults faults =
        call ->
            Optional.of(
                call.number() == 1
                    ? Fault.cutDownloadAfter(4)
                    : Fault.before(() -> memory.put("a", bytes("abcdefghij"))));

    assertFails(ErrorCode.STORE_FAILED, () -> readFully(retrying(faults).read("a")))
        .hasMessageContaining("replaced while it was read");
  }

  @Test
  void anInterruptionEndsTheWaiting() {
    memory.put("a", bytes("0123456789"));
    Sleeper interrupted =
        duration -> {
          throw new InterruptedException();
        };
    ObjectStore retrying =
        new RetryingStore(
            new FaultyStore(memory, Faults.always(Fault.cutDownloadAfter(2))),
            interrupted,
            new Random());

    try (ObjectDownload download = retrying.read("a")) {
      assertFails(ErrorCode.INTERRUPTED, download::readAllBytes);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void requestsAsSuchAreNotRepeatedHere() {
    FaultyStore faulty =
        new FaultyStore(memory, Faults.always(Fault.fail(ErrorCode.SERVICE_UNAVAILABLE)));
    ObjectStore retrying = new RetryingStore(faulty, waits::add, new Random());

    assertFails(ErrorCode.SERVICE_UNAVAILABLE, () -> retrying.stat("a"));
    assertFails(ErrorCode.SERVICE_UNAVAILABLE, () -> retrying.put("a", bytes("x")));
    assertFails(ErrorCode.SERVICE_UNAVAILABLE, () -> retrying.read("a"));

    assertThat(faulty.calls()).isEqualTo(3);
    assertThat(waits).isEmpty();
  }

  private ObjectStore retrying(Faults faults) {
    return new RetryingStore(new FaultyStore(memory, faults), waits::add, new Random(SEED));
  }
}
