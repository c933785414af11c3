// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.consistent;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.capture.CaptureSurvey;
import io.dynavault.core.capture.CaptureSurvey.Extent;
import io.dynavault.core.compact.CompactPlan;
import io.dynavault.core.compact.CompactResult;
import io.dynavault.core.compact.CompactRun;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.stream.StreamRefusedException;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Backs up a table to one moment, not before the run began. Where a process captures the table
 * already, its changes are waited for and the table is not read; else a capture catches up, with a
 * scan as its base where it has none yet. Chain and base stay: the next such backup within 24 hours
 * reads only what has changed.
 */
public final class ConsistentBackupRun {
  /** A capture commits at least once a minute; more often where there are changes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final CaptureRequest request;
  private final RunContext context;
  private final Vault vault;
  private final InstantSource clock;

  /**
   * @param request ends by itself when it has caught up
   */
  public ConsistentBackupRun(CaptureRequest request, RunContext context) {
    this.request = requireNonNull(request, "request is null");
    this.context = requireNonNull(context, "context is null");
    this.vault = request.vault();
    this.clock = context.timing().clock();
  }

  /**
   * Backs up.
   *
   * @param options how the backup is written
   * @throws DynavaultException as {@link CaptureRun} and {@link CompactRun} do, and {@code
   *     SERVICE_UNAVAILABLE} where the process that captures the table does not get on
   */
  public CompactResult run(BackupOptions options) throws InterruptedException {
    String table = request.table().name();
    context.progress().phase("capturing changes");
    if (!followed(table)) {
      new CaptureRun(request, context).run();
      if (context.stop().isRequested()) {
        throw context.stop().interrupted("backup of table '" + table + "'");
      }
    }
    MomentPlanner planner = new MomentPlanner(vault.store(), vault.catalog(), clock);
    RecoveryWindows windows = planner.windows(table);
    MomentPlan content = planner.plan(windows, planner.latest(List.of(windows)).moment(), Set.of());
    RecoveryPointId id = RecoveryPointId.create(clock.instant(), context.timing().random());
    return new CompactRun(vault, context, request.toolVersion())
        .run(new CompactPlan(id, content, options));
  }

  /** Whether another process has captured everything up to now; false if there is none. */
  private boolean followed(String table) throws InterruptedException {
    CaptureSurvey survey = new CaptureSurvey(vault, clock);
    Optional<Instant> asked = Optional.empty();
    Instant latest = Instant.MIN;
    long since = context.ticker().nanos();
    while (true) {
      Optional<CaptureStatus> status = survey.status(table, Extent.GLANCE);
      if (status.isEmpty() || status.get().holder().isEmpty()) {
        return false;
      }
      asked = asked.or(() -> serverTime(table));
      if (asked.isEmpty()) {
        return false;
      }
      Instant now = status.get().newest().latest();
      if (status.get().newest().earliest().isPresent() && now.isAfter(asked.get())) {
        return true;
      }
      if (now.isAfter(latest)) {
        latest = now;
        since = context.ticker().nanos();
      }
      if (Duration.ofNanos(context.ticker().nanos() - since).compareTo(PATIENCE) > 0) {
        throw stuck(table, status.get());
      }
      if (context.stop().isRequested()) {
        throw context.stop().interrupted("backup of table '" + table + "'");
      }
      context.timing().sleeper().sleep(LOOK);
    }
  }

  /**
   * The second that has begun by DynamoDB's clock, by which changes are dated; empty where the
   * stream is gone, which a capture finds out.
   */
  private Optional<Instant> serverTime(String table) {
    try {
      return new ContinuousBackups(vault.store())
          .newestCaptured(table)
          .map(log -> request.streams().describe(log.chain().streamArn()).serverTime());
    } catch (StreamRefusedException e) {
      return Optional.empty();
    }
  }

  private static DynavaultException stuck(String table, CaptureStatus status) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        ("unable to back up table '%s' to one moment: %s captures it and has not got beyond %s in"
                + " %d minutes")
            .formatted(
                table,
                status.holder().orElseThrow(),
                status.newest().latest(),
                PATIENCE.toMinutes()),
        "see: dynavault continuous status %s; a first base may still be scanned".formatted(table));
  }
}
