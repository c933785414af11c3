// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Call;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk, or a bucket, on which each write takes almost as long as a lease lasts. */
class SlowStoreTest {
  private static final Duration WRITE = Duration.ofSeconds(19);

  private final Simulation world = new Simulation(1);
  private final Invariants invariants = new Invariants(world);

  @Test
  @Tag("F1")
  void aBackupIsLeftAloneAndEnds() throws Exception {
    AtomicInteger files = new AtomicInteger();
    Instant begun = world.time().instant();

    Report report =
        Attempt.of(
            world,
            ProcessFaults.at(
                Place.VAULT,
                slow(
                    call -> {
                      if (call.operation() == Operation.COMMIT_UPLOAD) {
                        files.incrementAndGet();
                        expireAndCollect();
                      }
                    })),
            UseCase.BACKUP::run);

    assertThat(report.failure()).isEmpty();
    assertThat(files.get()).isGreaterThan(3);
    assertThat(Duration.between(begun, world.time().instant()))
        .isGreaterThan(LeaseSettings.DEFAULT_TTL.multipliedBy(10));
    invariants.whileBroken();
    invariants.afterwards();
  }

  @Test
  void whoEndsItWaitsForWhatIsBeingWrittenAndNoMore() throws Exception {
    List<SimulatedProcess> process = new ArrayList<>();
    List<Instant> stopped = new ArrayList<>();
    Faults stopAtTheSecondFile =
        slow(
            call -> {
              if (call.operation() == Operation.COMMIT_UPLOAD
                  && call.subject().contains("/data/")) {
                stopped.add(world.time().instant());
                if (stopped.size() == 2) {
                  process.get(0).stop().request();
                }
              }
            });

    Report report =
        Attempt.of(
            world,
            ProcessFaults.at(Place.VAULT, stopAtTheSecondFile),
            running -> {
              process.add(running);
              return UseCase.BACKUP.run(running);
            });

    assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.INTERRUPTED);
    // The file of each of the segments in work, its note, and the release of the lease.
    assertThat(Duration.between(stopped.get(1), world.time().instant()))
        .isLessThanOrEqualTo(WRITE.multipliedBy(6));
    assertThat(Attempt.of(world, ProcessFaults.none(), UseCase.BACKUP::again).failure()).isEmpty();
    invariants.afterwards();
  }

  private Faults slow(Consumer<Call> then) {
    return call ->
        call.operation().writes()
            ? Optional.of(
                Fault.before(
                    () -> {
                      pass();
                      then.accept(call);
                    }))
            : Optional.empty();
  }

  private void pass() {
    try {
      world.time().sleep(WRITE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the keeper, which ends
    }
  }

  private void expireAndCollect() {
    Attempt.of(world, ProcessFaults.none(), other -> other.expire(1));
    Attempt.of(world, ProcessFaults.none(), UseCase.GC::run);
  }
}
