// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.lease.TestingHolders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shows G13 (WORM) and G14 (nothing is updated in place). */
@Tag("G14")
class LockLogTest {
  private static final OptionalInt NO_MAX = OptionalInt.empty();

  private final TestingVault testing = new TestingVault();
  private final LockLog log = testing.vault.lockLog();

  @Test
  void aNewVaultIsNotLocked() {
    assertThat(log.state().lock()).isEmpty();
  }

  @Test
  void aGovernanceLockCanBeChangedAndRemoved() {
    VaultLock first = VaultLock.governance(7, OptionalInt.of(365));
    log.lock(first);
    assertThat(log.state().lock()).contains(first);

    log.lock(VaultLock.governance(1, NO_MAX));
    assertThat(log.state().lock()).contains(VaultLock.governance(1, NO_MAX));

    log.unlock();
    assertThat(log.state().lock()).isEmpty();
    assertThat(testing.keys("lock/"))
        .containsExactly("lock/00000001.json", "lock/00000002.json", "lock/00000003.json");
  }

  @Test
  void lockingTheSameAgainWritesNothing() {
    log.lock(VaultLock.governance(7, NO_MAX));
    log.lock(VaultLock.governance(7, NO_MAX));
    log.unlock();
    log.unlock();

    assertThat(testing.keys("lock/")).hasSize(2);
  }

  @Test
  void aComplianceLockLeavesThreeDaysToThinkAgain() {
    failure(ErrorCode.USAGE, () -> log.lock(compliance(7, Duration.ofHours(71))));

    log.lock(compliance(7, Duration.ofDays(3)));
    testing.time.pass(Duration.ofHours(71));
    log.unlock();

    assertThat(log.state().lock()).isEmpty();
  }

  @Test
  void afterItsLockDateAComplianceLockOnlyGetsTighter() {
    VaultLock lock = compliance(7, Duration.ofDays(3));
    log.lock(lock);
    testing.time.pass(Duration.ofDays(3));
    Instant date = lock.lockDate().orElseThrow();

    failure(ErrorCode.LOCKED, log::unlock);
    failure(ErrorCode.LOCKED, () -> log.lock(VaultLock.governance(7, NO_MAX)));
    failure(ErrorCode.LOCKED, () -> log.lock(VaultLock.compliance(6, NO_MAX, date)));
    failure(
        ErrorCode.LOCKED,
        () -> log.lock(VaultLock.compliance(7, NO_MAX, date.plus(Duration.ofDays(30)))));
    assertThat(log.state().lock()).contains(lock);

    VaultLock tighter = VaultLock.compliance(8, OptionalInt.of(100), date);
    log.lock(tighter);
    failure(ErrorCode.LOCKED, () -> log.lock(VaultLock.compliance(8, NO_MAX, date)));
    assertThat(log.state().lock()).contains(tighter);
  }

  @Test
  void settingTheClockBackDoesNotReopenTheDaysOfGrace() {
    log.lock(compliance(7, Duration.ofDays(3)));
    testing.time.pass(Duration.ofDays(4));
    // The attacker's own clock; the store keeps its own time.
    Vault skewed =
        Vault.open(
            testing.memory,
            TestingHolders.holder("attacker"),
            new LeaseSettings(
                Duration.ofSeconds(30),
                () -> Instant.parse("2026-11-21T10:00:00Z"),
                testing.time,
                testing.time,
                ProcessProbe.none()));

    failure(ErrorCode.LOCKED, () -> skewed.lockLog().unlock());
  }

  @Test
  void anEntryWrittenByHandDoesNotLoosenAFinalLock() {
    VaultLock lock = compliance(7, Duration.ofDays(3));
    log.lock(lock);
    testing.time.pass(Duration.ofDays(4));
    put(
        "lock/00000002.json",
        "{\"formatVersion\":\"1.0\",\"action\":\"UNLOCK\",\"time\":\"2026-11-21T09:31:00Z\"}");

    assertThat(log.state().lock()).contains(lock);
    assertThat(log.state().ignored()).containsExactly("lock/00000002.json");
  }

  @Test
  void aMissingEntryIsDamageAndNotAnOpenDoor() {
    log.lock(VaultLock.governance(7, NO_MAX));
    log.lock(VaultLock.governance(8, NO_MAX));
    testing.memory.delete("lock/00000001.json");

    failure(ErrorCode.DAMAGED, log::state);
  }

  @Test
  void anUnreadableEntryIsDamageAndNotAnOpenDoor() {
    put("lock/00000001.json", "{\"formatVersion\":\"1.0\",\"action\":\"OPEN\"}");

    failure(ErrorCode.DAMAGED, log::state);
  }

  @Test
  void ofTwoThatLockAtOnceNoneIsLost() {
    CallbackStore store = new CallbackStore(testing.memory);
    LockLog racing = testing.on("other", store).lockLog();
    store.beforePutIfAbsent("lock/00000001.json", () -> log.lock(VaultLock.governance(30, NO_MAX)));

    racing.lock(VaultLock.governance(10, NO_MAX));

    assertThat(testing.keys("lock/")).hasSize(2);
    assertThat(log.state().lock()).contains(VaultLock.governance(10, NO_MAX));
  }

  @Test
  void protectsUntilTheMinimumOrTheLifecycleWhicheverIsLater() {
    VaultLock lock = VaultLock.governance(7, NO_MAX);
    RecoveryPoint point = TestingPoints.point("orders", "2020-01-01T00:00:00Z");
    Instant stored = Instant.parse("2026-11-21T00:00:00Z");

    assertThat(lock.protectedUntil(new CatalogEntry(point, stored)))
        .isEqualTo("2026-11-28T00:00:00Z");
    assertThat(lock.protectedUntil(new CatalogEntry(until(point, "2026-11-22T00:00:00Z"), stored)))
        .isEqualTo("2026-11-28T00:00:00Z");
    assertThat(lock.protectedUntil(new CatalogEntry(until(point, "2027-01-01T00:00:00Z"), stored)))
        .isEqualTo("2027-01-01T00:00:00Z");
  }

  @Test
  void refusesNumbersThatAwsRefuses() {
    assertThatThrownBy(() -> VaultLock.governance(0, NO_MAX))
        .hasMessage("the minimum retention must be 1 to 36500 days");
    assertThatThrownBy(() -> VaultLock.governance(36_501, NO_MAX))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VaultLock.governance(8, OptionalInt.of(7)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new VaultLock(LockMode.COMPLIANCE, 1, NO_MAX, Optional.<Instant>empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RecoveryPoint until(RecoveryPoint point, String time) {
    return TestingPoints.withDeleteAfter(point, Instant.parse(time));
  }

  private VaultLock compliance(int days, Duration grace) {
    return VaultLock.compliance(days, NO_MAX, log.lockDateIn(grace));
  }

  private void put(String key, String content) {
    testing.memory.put(key, content.getBytes(StandardCharsets.UTF_8));
  }
}
