// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ExportSurvey;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.layout.ExportLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ListExportsRequest;

/**
 * Starts exports into a vault, asks AWS for them, and records those that are complete. Each step
 * stands for itself and may be done by another process; doing one again does no harm. Safe for
 * several threads.
 */
public final class Exports {
  /** Whoever else records an export of the table does so in seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DynamoDbClient client;
  private final Vault vault;
  private final InstantSource clock;
  private final String toolVersion;

  /**
   * @param toolVersion noted in the records
   */
  public Exports(DynamoDbClient client, Vault vault, InstantSource clock, String toolVersion) {
    this.client = requireNonNull(client, "client is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Has AWS start an export, and notes it in the vault. An order that was started before is not
   * started again.
   *
   * @throws DynavaultException {@code PITR_OFF}, {@code TABLE_NOT_FOUND}, {@code TIME_INVALID} for
   *     a time that AWS does not take, {@code LIMIT_EXCEEDED} where too many exports are in work,
   *     {@code LOCKED} where the vault's lock does not allow the lifecycle, and other refusals
   */
  public StartedExport start(ExportOrder order) {
    requireLifecycleAllowed(order);
    StartedExport started = request(order);
    if (!vault.catalog().exists(started.tableName(), started.id())) {
      note(started);
    }
    return started;
  }

  /** Asks AWS how far an export is. */
  public ExportState poll(StartedExport started) {
    return state(describe(started.exportArn()));
  }

  /**
   * Makes a completed export a recovery point: reads and checks its manifests, sees that its data
   * files are there, and writes the record. One that can never become one, because AWS has failed
   * or the table is another one by now, is given up: {@code gc} removes what it has left.
   *
   * @return the recovery point; also if it was committed before
   * @throws DynavaultException the reason of a failed export; {@code SERVICE_UNAVAILABLE} for one
   *     that has not ended; {@code DAMAGED}, {@code EXPORT_NOT_FOUND} or {@code TABLE_CHANGED}
   *     where what AWS has written is not what was ordered
   */
  public RecoveryPoint commit(StartedExport started) throws InterruptedException {
    Optional<CatalogEntry> committed = vault.catalog().get(started.tableName(), started.id());
    if (committed.isPresent()) {
      forget(started);
      return committed.get().point();
    }
    ExportState state = pollOrFiles(started);
    if (state.failure().isPresent()) {
      giveUp(started);
      throw ExportErrors.ofFailure(started, state.failure().get());
    }
    if (!state.hasEnded()) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to record export '%s': AWS has it in work".formatted(started.exportArn()),
          "commit it when it has completed");
    }
    RecoveryPoint point = checkedPoint(started, state);
    try (Lease lease = vault.leases().acquire(LeaseName.export(started.tableName()), PATIENCE)) {
      CatalogEntry entry = vault.commit(point, lease);
      forget(started);
      return entry.point();
    }
  }

  /** Exports of a table that were started and neither recorded nor dropped, oldest first. */
  public List<StartedExport> unfinished(String tableName) {
    return vault.runs().unfinished(tableName).stream()
        .filter(journal -> journal.run().kind() == RunRecord.Kind.EXPORT)
        .map(Exports::read)
        .toList();
  }

  /** AWS forgets exports after 90 days: then what it has written says whether it has completed. */
  private ExportState pollOrFiles(StartedExport started) {
    try {
      return poll(started);
    } catch (DynavaultException e) {
      String summary = started.folder() + "/" + ExportLayout.MANIFEST_SUMMARY;
      if (e.code() != ErrorCode.EXPORT_NOT_FOUND || vault.store().stat(summary).isEmpty()) {
        throw e;
      }
      return new ExportState(ExportState.Status.COMPLETED, OptionalLong.empty(), Optional.empty());
    }
  }

  private RecoveryPoint checkedPoint(StartedExport started, ExportState state)
      throws InterruptedException {
    try {
      return point(started, state);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_CHANGED) {
        giveUp(started);
      }
      throw e;
    }
  }

  /** Removes an export that was recorded from the vault's journal. */
  private void forget(StartedExport started) throws InterruptedException {
    Optional<RunJournal> journal = vault.runs().find(started.tableName(), started.id());
    if (journal.isPresent()) {
      journal.get().finish();
    }
  }

  /** Nobody goes on with it from now on; where AWS has written nothing there is nothing to keep. */
  private void giveUp(StartedExport started) throws InterruptedException {
    if (vault.runs().find(started.tableName(), started.id()).isEmpty()) {
      return;
    }
    try (Lease lease = vault.leases().acquire(LeaseName.export(started.tableName()), PATIENCE)) {
      vault.runs().giveUp(started.tableName(), started.id());
      lease.verify();
      List<String> files = new ArrayList<>();
      vault.store().list(started.folder() + "/", info -> files.add(info.key()));
      if (files.isEmpty()) {
        forget(started);
      }
    }
  }

  private StartedExport request(ExportOrder order) {
    try {
      return new StartedExport(call(order).exportArn(), order);
    } catch (RefusedException e) {
      if (e.awsError().equals("ExportConflictException")) {
        Optional<ExportDescription> same = sameToken(order);
        if (same.isPresent()) {
          return started(order, same.get());
        }
      }
      throw ExportErrors.ofStart(order, e);
    }
  }

  /** Where nobody has named the moment, a moment that AWS does not take yet is not insisted on. */
  private ExportDescription call(ExportOrder order) {
    try {
      return call(order, Optional.of(order.span()));
    } catch (RefusedException e) {
      if (order.timing() == ExportOrder.MomentChoice.NOW
          && e.awsError().equals("InvalidExportTimeException")) {
        return call(order, Optional.empty());
      }
      throw e;
    }
  }

  private ExportDescription call(ExportOrder order, Optional<ExportSpan> span) {
    return SdkErrors.call(
        "ExportTableToPointInTime",
        () -> client.exportTableToPointInTime(ExportCall.of(order, span)).exportDescription());
  }

  /**
   * The export that AWS knows by the order's token: the same request at another moment has another
   * export time, which AWS takes for a conflict.
   */
  private Optional<ExportDescription> sameToken(ExportOrder order) {
    Optional<String> next = Optional.empty();
    do {
      ListExportsRequest.Builder request =
          ListExportsRequest.builder().tableArn(order.table().tableArn()).maxResults(25);
      next.ifPresent(request::nextToken);
      var page = SdkErrors.call("ListExports", () -> client.listExports(request.build()));
      for (ExportSummary summary : page.exportSummaries()) {
        ExportDescription export = describe(summary.exportArn());
        if (order.clientToken().equals(export.clientToken())) {
          return Optional.of(export);
        }
      }
      next = Optional.ofNullable(page.nextToken());
    } while (next.isPresent());
    return Optional.empty();
  }

  /** The order as it was when it was first given: its folder may be that of the day before. */
  private StartedExport started(ExportOrder order, ExportDescription export) {
    ExportPlace asked = order.place();
    String s3Prefix = export.s3Prefix() == null ? "" : export.s3Prefix();
    String root = asked.root().isEmpty() ? "" : asked.root() + "/";
    if (!asked.bucket().equals(export.s3Bucket()) || !s3Prefix.startsWith(root)) {
      throw new DynavaultException(
          ErrorCode.REQUEST_CONFLICT,
          "unable to export table '%s': AWS has the same request in work for another place"
              .formatted(order.tableName()),
          "use another request key, or wait eight hours");
    }
    ExportPlace place =
        new ExportPlace(asked.bucket(), asked.root(), s3Prefix.substring(root.length()));
    return new StartedExport(
        export.exportArn(),
        new ExportOrder(order.table(), place, order.span(), order.timing(), order.options()));
  }

  private void note(StartedExport started) {
    if (vault.runs().find(started.tableName(), started.id()).isPresent()) {
      return;
    }
    RunRecord run =
        new RunRecord(
            RunRecord.Kind.EXPORT,
            started.tableName(),
            started.id(),
            started.folder(),
            clock.instant(),
            toolVersion,
            StartedExportParser.toJson(started));
    try {
      vault.runs().begin(run);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.LEASE_LOST) {
        throw e; // else somebody has started, and noted, the same at the same time
      }
    }
  }

  private ExportDescription describe(String exportArn) {
    return SdkErrors.call(
        "DescribeExport",
        () -> client.describeExport(b -> b.exportArn(exportArn)).exportDescription());
  }

  private static ExportState state(ExportDescription export) {
    if (export.exportStatus() == ExportStatus.FAILED) {
      return new ExportState(
          ExportState.Status.FAILED,
          OptionalLong.empty(),
          Optional.of(
              new ExportState.Failure(
                  String.valueOf(export.failureCode()), String.valueOf(export.failureMessage()))));
    }
    boolean completed = export.exportStatus() == ExportStatus.COMPLETED;
    return new ExportState(
        completed ? ExportState.Status.COMPLETED : ExportState.Status.IN_PROGRESS,
        export.itemCount() == null ? OptionalLong.empty() : OptionalLong.of(export.itemCount()),
        Optional.empty());
  }

  private RecoveryPoint point(StartedExport started, ExportState state) {
    ExportSurvey survey = ExportSurvey.of(vault.store(), started.folder());
    new DeliveryCheck(started, state).require(survey.summary());
    ExportOrder order = started.order();
    ManifestSummary summary = survey.summary();
    Instant moment = moment(summary.span());
    return new RecoveryPoint(
        started.id(),
        Method.EXPORT,
        order.table(),
        moment,
        moment,
        survey.export(),
        RecoveryPoint.Consistency.POINT_IN_TIME,
        false,
        order.options().deleteAfter().map(moment::plus),
        order.options().tags(),
        toolVersion);
  }

  private void requireLifecycleAllowed(ExportOrder order) {
    Instant moment = moment(order.span());
    vault
        .lockLog()
        .state()
        .lock()
        .ifPresent(
            lock -> {
              if (order.options().deleteAfter().isPresent()) {
                lock.requireAllowed(moment, moment.plus(order.options().deleteAfter().get()));
              } else {
                lock.requireAllowed(moment);
              }
            });
  }

  /** The moment whose state the recovery point gives back. */
  private static Instant moment(ExportSpan span) {
    return span instanceof ExportSpan.Window window
        ? window.to()
        : ((ExportSpan.Moment) span).exportTime();
  }

  private static StartedExport read(RunJournal journal) {
    try {
      return StartedExportParser.fromJson(journal.run().plan());
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to read the journal of export '%s': %s"
              .formatted(journal.run().id(), e.getMessage()),
          e);
    }
  }
}
