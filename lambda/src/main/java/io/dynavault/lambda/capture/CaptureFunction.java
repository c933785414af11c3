// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Reply;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.VaultAccess;

/** Captures tables: the one whose stream has sent records, or those that the settings name. */
public final class CaptureFunction {
  /** Before a table is known. */
  private static final String ANY_TABLE = "*";

  private final Host host;
  private final Told told = new Told();

  public CaptureFunction(Host host) {
    this.host = requireNonNull(host, "host is null");
  }

  /**
   * Captures. Records of a stream are answered for in any case, because an event source mapping
   * would take an answer that it does not understand for success.
   *
   * @throws DynavaultException where settings, event or vault of a schedule are at fault
   */
  public Reply handle(Invocation invocation) throws InterruptedException {
    CaptureNotice notice = new CaptureNotice(host, invocation, told);
    if (StreamBatch.isIn(invocation.event())) {
      return records(invocation, notice);
    }
    try {
      return new ScheduledCapture(host, invocation, notice).run();
    } catch (DynavaultException e) {
      notice.fails(ANY_TABLE, e);
      throw e;
    }
  }

  private BatchFailures records(Invocation invocation, CaptureNotice notice)
      throws InterruptedException {
    StreamBatch batch;
    try {
      batch = StreamBatch.of(invocation.event());
    } catch (DynavaultException e) {
      notice.fails(ANY_TABLE, e);
      return BatchFailures.whole();
    }
    try {
      return answer(batch, capture(batch, invocation, notice), notice);
    } catch (DynavaultException e) {
      notice.fails(batch.tableName(), e);
    } catch (RuntimeException e) {
      notice.fails(
          batch.tableName(), new DynavaultException(ErrorCode.BUG, "unexpected failure: " + e, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return BatchFailures.from(batch.records().get(0).sequenceNumber());
  }

  private BatchCapture.Outcome capture(
      StreamBatch batch, Invocation invocation, CaptureNotice notice) throws InterruptedException {
    try (VaultAccess access =
            VaultAccess.openOrCreate(host, new Settings(host.variables()), invocation);
        TableCaptures captures = TableCaptures.open(host, access.vault(), invocation, 1)) {
      notice.about(access);
      CommittedRecords records =
          new CommittedRecords(
              batch, new ContinuousBackups(access.vault().store()), captures.precision(), notice);
      return new BatchCapture(
              (listener, needed) ->
                  captures.run(batch.tableName(), listener).runAfterOthers(needed),
              records,
              invocation.stop(),
              invocation.timing().clock())
          .run();
    }
  }

  private static BatchFailures answer(
      StreamBatch batch, BatchCapture.Outcome outcome, CaptureNotice notice) {
    if (outcome.failure().isPresent()) {
      notice.fails(batch.tableName(), outcome.failure().get());
    } else {
      notice.works(batch.tableName());
    }
    return outcome
        .missing()
        .map(record -> BatchFailures.from(record.sequenceNumber()))
        .orElseGet(BatchFailures::none);
  }
}
