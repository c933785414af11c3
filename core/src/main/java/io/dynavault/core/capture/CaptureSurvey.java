// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseState;
import io.dynavault.core.pitr.UsableBase;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out how continuous backups stand. Reads nothing but the vault. */
public final class CaptureSurvey {
  /** Commits by which the rate is told. */
  private static final int LATELY = 12;

  private final Vault vault;
  private final InstantSource clock;
  private final ContinuousBackups backups;

  public CaptureSurvey(Vault vault, InstantSource clock) {
    this.vault = requireNonNull(vault, "vault is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.backups = new ContinuousBackups(vault.store());
  }

  /** How much of the vault is read. */
  public enum Extent {
    /** A few objects. */
    GLANCE,
    /** The index of every hour of the newest chain, too, for its size. */
    WHOLE
  }

  /** Names of the tables that have continuous backups, sorted. */
  public List<String> tables() {
    return backups.tables();
  }

  /**
   * How the table's continuous backup stands; empty where it never had one. A chain that is damaged
   * says so and nothing else, so that it hides no other one.
   */
  public Optional<CaptureStatus> status(String tableName, Extent extent) {
    List<ChainStatus> chains = new ArrayList<>();
    for (RecoveryPointId id : backups.ids(tableName)) {
      status(tableName, id).ifPresent(chains::add);
    }
    if (chains.isEmpty()) {
      return Optional.empty();
    }
    CaptureStatus glance =
        new CaptureStatus(
            tableName,
            new StopRequests(vault, clock).running(tableName).map(LeaseState::holder),
            chains,
            CaptureStatus.Rate.NONE,
            Optional.empty(),
            clock.instant());
    return Optional.of(glance.newest().damage().isPresent() ? glance : measured(glance, extent));
  }

  /** Of one chain; empty where another one has replaced it, or it has just been deleted. */
  private Optional<ChainStatus> status(String tableName, RecoveryPointId id) {
    try {
      return backups.find(tableName, id).filter(log -> !log.isReplaced()).map(this::status);
    } catch (DynavaultException e) {
      return Optional.of(unreadable(id, e));
    }
  }

  private static ChainStatus unreadable(RecoveryPointId id, DynavaultException failure) {
    return new ChainStatus(
        id,
        Optional.empty(),
        id.startTime().truncatedTo(ChronoUnit.SECONDS),
        Optional.empty(),
        Optional.empty(),
        Optional.of("chain '%s' cannot be used: %s".formatted(id, damage(failure))));
  }

  private static String damage(DynavaultException failure) {
    if (failure.code() != ErrorCode.DAMAGED) {
      throw failure;
    }
    return String.valueOf(failure.getMessage());
  }

  private CaptureStatus measured(CaptureStatus status, Extent extent) {
    ChainLog newest =
        backups.find(status.tableName(), status.newest().id()).orElseThrow(() -> gone(status));
    long last = ChainReach.of(newest).last().map(Commit::number).orElse(0L);
    try {
      return status.with(
          lately(newest, last),
          extent == Extent.WHOLE ? Optional.of(whole(newest, last)) : Optional.empty());
    } catch (DynavaultException e) {
      return status.damaged(
          "chain '%s' can be used in part only: %s".formatted(newest.chain().id(), damage(e)));
    }
  }

  private static DynavaultException gone(CaptureStatus status) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to look at the continuous backup of table '%s': it has just been deleted"
            .formatted(status.tableName()));
  }

  private ChainStatus status(ChainLog log) {
    ChainReach reach = ChainReach.of(log);
    Optional<Commit> last = reach.last();
    Optional<Instant> earliest =
        last.stream()
            .flatMap(commit -> UsableBase.of(log, vault.catalog(), commit).stream())
            .map(UsableBase::from)
            .findFirst();
    Instant latest =
        last.map(Commit::completeTo).orElse(log.chain().started().truncatedTo(ChronoUnit.SECONDS));
    Optional<ChainEnd> end = log.end();
    // The end of a chain tells of the damage for which it has ended.
    Optional<String> damage = end.isPresent() ? Optional.empty() : reach.damage();
    return new ChainStatus(log.chain().id(), earliest, latest, end, log.origin(), damage);
  }

  private static CaptureStatus.Rate lately(ChainLog log, long last) {
    List<Commit> commits = log.commits(Math.max(log.firstNumber(), last - LATELY + 1), last);
    if (commits.size() < 2) {
      return CaptureStatus.Rate.NONE;
    }
    // What the first one has was written before the time that is measured.
    ChangeVolume volume = ChangeVolume.NONE;
    for (Commit commit : commits.subList(1, commits.size())) {
      volume = volume.plus(commit);
    }
    Instant begin = commits.get(0).written();
    Duration time = Duration.between(begin, commits.get(commits.size() - 1).written());
    if (time.isZero()) {
      return CaptureStatus.Rate.NONE;
    }
    double minutes = time.toMillis() / 60_000.0;
    return new CaptureStatus.Rate(volume.changes() / minutes, volume.storedBytes() / minutes);
  }

  private static ChangeVolume whole(ChainLog log, long last) {
    ChangeVolume[] volume = {ChangeVolume.NONE};
    log.walk(
        log.firstNumber(),
        last,
        commit -> {
          volume[0] = volume[0].plus(commit);
          return true;
        });
    return volume[0];
  }
}
