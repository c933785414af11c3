// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.lease.LeaseState;
import io.dynavault.core.pitr.UsableBase;
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

  /** How the table's continuous backup stands; empty where it never had one. */
  public Optional<CaptureStatus> status(String tableName, Extent extent) {
    List<ChainLog> logs = backups.chains(tableName);
    if (logs.isEmpty()) {
      return Optional.empty();
    }
    List<ChainStatus> chains = new ArrayList<>();
    for (ChainLog log : logs) {
      chains.add(status(log));
    }
    CaptureStatus glance =
        new CaptureStatus(
            tableName,
            new StopRequests(vault, clock).running(tableName).map(LeaseState::holder),
            chains,
            CaptureStatus.Rate.NONE,
            Optional.empty(),
            clock.instant());
    return Optional.of(measured(glance, logs.get(chains.indexOf(glance.newest())), extent));
  }

  private static CaptureStatus measured(CaptureStatus status, ChainLog newest, Extent extent) {
    long last = ChainReach.lastKnown(newest).map(Commit::number).orElse(0L);
    return new CaptureStatus(
        status.tableName(),
        status.holder(),
        status.chains(),
        lately(newest, last),
        extent == Extent.WHOLE ? Optional.of(whole(newest, last)) : Optional.empty(),
        status.observed());
  }

  private ChainStatus status(ChainLog log) {
    Optional<Commit> last = ChainReach.lastKnown(log);
    Optional<Instant> earliest =
        last.stream()
            .flatMap(commit -> UsableBase.of(log, vault.catalog(), commit).stream())
            .map(UsableBase::from)
            .findFirst();
    Instant latest =
        last.map(Commit::completeTo).orElse(log.chain().started().truncatedTo(ChronoUnit.SECONDS));
    return new ChainStatus(log.chain().id(), earliest, latest, log.end(), log.origin());
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
