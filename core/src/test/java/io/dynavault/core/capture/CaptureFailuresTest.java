// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.CallbackStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures of which something fails, or that die. */
@Timeout(60)
class CaptureFailuresTest {
  private final TestingCapture capture = new TestingCapture();

  @BeforeEach
  void switchOn() {
    capture.stream.switchOn();
  }

  @Test
  @Tag("F13")
  void anOutageOfTheEndpointIsGoneThrough() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(
        Duration.ofSeconds(20),
        () ->
            capture.stream.beforeEachCall(
                operation -> {
                  throw TestingStream.away();
                }));
    capture.putAfter(60, "a", "2");
    capture.time.after(
        Duration.ofMinutes(30), () -> capture.stream.beforeEachCall(operation -> {}));
    capture.stopAfter(Duration.ofMinutes(40));

    CaptureResult result = capture.run();

    assertThat(result.gaps()).isEmpty();
    assertThat(capture.changes(capture.newest())).containsExactly("100 a", "101 a");
    assertThat(capture.heard(CaptureEvent.Failed.class)).isNotEmpty();
  }

  @Test
  void anOutageOfHoursEndsIt() throws Exception {
    capture.putAfter(5, "a", "1");
    capture.time.after(
        Duration.ofSeconds(20),
        () ->
            capture.stream.beforeEachCall(
                operation -> {
                  throw TestingStream.away();
                }));
    capture.stopAfter(Duration.ofHours(10));

    failure(ErrorCode.SERVICE_UNAVAILABLE, capture::run);

    assertThat(capture.time.instant()).isBefore(Instant.parse("2026-11-21T11:00:00Z"));
  }

  @Test
  void aBaseThatFailsIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    capture.makeBasesBy(
        (chain, context) -> {
          if (attempts.incrementAndGet() < 3) {
            throw new DynavaultException(ErrorCode.THROTTLED, "unable to scan: throttled");
          }
          return capture.scanned(chain, context);
        });
    capture.putAfter(5, "a", "1");
    capture.stopAfter(Duration.ofMinutes(5));

    capture.run();

    assertThat(attempts).hasValue(3);
    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
  }

  /** Nothing is lost and nothing is there twice, whichever call fails. */
  @Test
  @Tag("G9")
  void anyWriteMayFail() throws Exception {
    int writes = writesOf(new TestingCapture(), Integer.MAX_VALUE);
    assertThat(writes).isGreaterThan(8);
    for (int failing = 1; failing <= writes; failing++) {
      TestingCapture other = new TestingCapture();
      int failed = failing;
      assertThat(writesOf(other, failed)).as("write %d", failed).isGreaterThanOrEqualTo(failed);
      assertThat(other.chains()).as("chains after write %d failed", failed).hasSize(1);
      assertThat(other.changes(other.newest()))
          .as("changes after write %d failed", failed)
          .containsExactly("100 a", "101 a", "102 b");
      assertThat(other.newest().bases()).hasSize(1);
    }
  }

  /** Runs a capture of which one write fails, and goes on with it where that has ended it. */
  private static int writesOf(TestingCapture other, int failing) throws Exception {
    AtomicInteger writes = new AtomicInteger();
    CallbackStore store = new CallbackStore(other.testing.memory);
    store.beforeEachWrite(
        key -> {
          if (!key.startsWith("locks/") && writes.incrementAndGet() == failing) {
            throw new DynavaultException(ErrorCode.STORE_FAILED, "unable to write: no");
          }
        });
    other.stream.switchOn();
    other.putAfter(5, "a", "1");
    other.putAfter(25, "a", "2");
    other.putAfter(26, "b", "1");
    other.stopAfter(Duration.ofMinutes(2));
    other.runOn("here", store);
    return writes.get();
  }

  @Test
  @Tag("G9")
  @Tag("F13")
  void anyReadMayFail() throws Exception {
    int reads = readsOf(new TestingCapture(), Integer.MAX_VALUE);
    assertThat(reads).isGreaterThan(20);
    for (int failing = 1; failing <= reads; failing++) {
      TestingCapture other = new TestingCapture();

      readsOf(other, failing);

      assertThat(other.chains()).as("chains after read %d failed", failing).hasSize(1);
      assertThat(other.changes(other.newest()))
          .as("changes after read %d failed", failing)
          .containsExactly("100 a", "101 a", "102 b");
      assertThat(other.newest().bases()).as("bases, read %d failed", failing).hasSize(1);
    }
  }

  /** Runs a capture of which one read of the vault or the stream fails. */
  private static int readsOf(TestingCapture other, int failing) throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Runnable count =
        () -> {
          if (reads.incrementAndGet() == failing) {
            throw TestingStream.away();
          }
        };
    other.stream.switchOn();
    other.stream.beforeEachCall(operation -> count.run());
    other.putAfter(5, "a", "1");
    other.putAfter(25, "a", "2");
    other.putAfter(26, "b", "1");
    other.stopAfter(Duration.ofSeconds(100));
    other.runOn("here", new UnreadableStore(other.testing.memory, count));
    return reads.get();
  }

  /** A store whose every read of anything but leases is announced. */
  private static final class UnreadableStore extends ForwardingStore {
    private final Runnable beforeEachRead;

    UnreadableStore(ObjectStore store, Runnable beforeEachRead) {
      super(store);
      this.beforeEachRead = beforeEachRead;
    }

    @Override
    public Optional<ObjectInfo> stat(String key) {
      announce(key);
      return super.stat(key);
    }

    @Override
    public ObjectDownload read(String key) {
      announce(key);
      return super.read(key);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> consumer) {
      announce(prefix);
      super.list(prefix, consumer);
    }

    private void announce(String key) {
      if (!key.startsWith("locks/") && !key.equals("vault.json")) {
        beforeEachRead.run();
      }
    }
  }

  /** As if the process was killed before a write: the next one has everything. */
  @Test
  @Tag("G9")
  void anyWriteMayBeTheLastOfAProcess() throws Exception {
    int writes = writesOf(new TestingCapture(), Integer.MAX_VALUE);
    for (int last = 1; last <= writes; last++) {
      TestingCapture other = new TestingCapture();
      dieBefore(other, last);
      other.stopAfter(Duration.ofMinutes(2));

      other.runOn("elsewhere", other.testing.memory);

      assertThat(other.chains()).as("chains after a crash before write %d", last).hasSize(1);
      assertThat(other.newest().bases()).as("bases after write %d", last).hasSize(1);
      boolean begun = last > 1; // else all was changed before there was a chain
      assertThat(other.changes(other.newest()))
          .as("changes after a crash before write %d", last)
          .isEqualTo(begun ? List.of("100 a", "101 a", "102 b") : List.of());
      assertThat(orphans(other)).as("files that no commit names").isLessThanOrEqualTo(1);
    }
  }

  private static void dieBefore(TestingCapture other, int last) {
    AtomicInteger writes = new AtomicInteger();
    CallbackStore store = new CallbackStore(other.testing.memory);
    store.beforeEachWrite(
        key -> {
          boolean counts = !key.startsWith("locks/");
          boolean renewal = Thread.currentThread().getName().equals(LeaseKeeper.THREAD_NAME);
          if (renewal) {
            return; // of a dead process there is none, and this one will be seen to have run out
          }
          if (writes.get() >= last || (counts && writes.incrementAndGet() == last)) {
            throw new Killed();
          }
        });
    other.stream.switchOn();
    other.putAfter(5, "a", "1");
    other.putAfter(25, "a", "2");
    other.putAfter(26, "b", "1");
    other.stopAfter(Duration.ofMinutes(2));
    try {
      other.runOn("here", store);
    } catch (Killed | InterruptedException e) {
      // as it is meant
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static long orphans(TestingCapture other) {
    List<String> named =
        other.newest().commitsFrom(1).stream()
            .flatMap(commit -> commit.files().stream())
            .map(ChangeFile::key)
            .toList();
    return other.testing.keys(other.newest().chain().keys().data()).stream()
        .filter(key -> !named.contains(key))
        .count();
  }

  /** Else a table that cannot be scanned would lose its changes, too. */
  @Test
  @Tag("G9")
  void changesAreCommittedThoughTheBaseCannotBeMade() throws Exception {
    capture.makeBasesBy(
        (chain, context) -> {
          throw new DynavaultException(ErrorCode.ACCESS_DENIED, "unable to scan: denied");
        });
    capture.putAfter(1, "a", "1");

    DynavaultException denied = failure(ErrorCode.ACCESS_DENIED, capture::once);

    assertThat(denied).hasMessageContaining("unable to scan");
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
    assertThat(capture.newest().bases()).isEmpty();
  }

  @Test
  void aBaseThatFailsInPassingIsTriedAgainByACaptureThatEndsByItself() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    capture.makeBasesBy(
        (chain, context) -> {
          if (attempts.incrementAndGet() < 3) {
            throw TestingStream.away();
          }
          return capture.scanned(chain, context);
        });

    capture.once();

    assertThat(capture.newest().bases()).hasSize(1);
    assertThat(capture.heard(CaptureEvent.Failed.class)).hasSize(2);
  }

  /** What a function has time for: a base is begun by one invocation and ended by another. */
  @Test
  void whatWasReadIsCommittedThoughTheBaseWasStopped() throws Exception {
    capture.makeBasesBy(
        (chain, context) -> {
          while (!context.stop().isRequested()) {
            Thread.onSpinWait();
          }
          throw context.stop().interrupted("the scan");
        });
    capture.scanTakesTime();
    capture.putAfter(3, "a", "1");
    capture.stopAfter(Duration.ofSeconds(8));

    CaptureResult result = capture.once();

    assertThat(result.completeTo().orElseThrow())
        .isAfterOrEqualTo(Instant.parse("2026-11-21T09:30:03Z"));
    assertThat(capture.changes(capture.newest())).containsExactly("100 a");
    assertThat(capture.heard(CaptureEvent.Failed.class)).isEmpty();
  }
}
