// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.MetricsFile;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;

/** Says what happens while tables are captured. Safe for several threads. */
final class CaptureDisplay implements CaptureListener {
  private final Output output;
  private final RunNotice notice;
  private final MetricsFile metrics;
  private final String vault;

  /**
   * @param vault name of the vault, for metrics
   */
  CaptureDisplay(Session session, RunNotice notice, String vault) {
    this.output = session.output();
    this.notice = requireNonNull(notice, "notice is null");
    this.metrics = new MetricsFile(session);
    this.vault = requireNonNull(vault, "vault is null");
  }

  @Override
  public synchronized void heard(String table, CaptureEvent event) {
    if (event instanceof CaptureEvent.Committed committed) {
      committed(table, committed.commit());
    } else if (event instanceof CaptureEvent.Gap gap) {
      gap(table, gap.end());
    } else if (event instanceof CaptureEvent.Failed failed) {
      failed(table, failed);
    } else if (event instanceof CaptureEvent.TableMissing) {
      output.warning("table '%s' is gone; it is captured again if it comes back".formatted(table));
    } else {
      output.message("table '%s': %s".formatted(table, text(event)));
    }
  }

  private static String text(CaptureEvent event) {
    if (event instanceof CaptureEvent.Begun begun) {
      return "capturing since %s as chain %s, with a base beside that"
          .formatted(TimeText.moment(begun.chain().started()), begun.chain().id());
    }
    if (event instanceof CaptureEvent.Resumed resumed) {
      return resumed
          .last()
          .map(last -> "going on from " + TimeText.moment(last.completeTo()))
          .orElse("going on from the start of chain " + resumed.chain().id());
    }
    if (event instanceof CaptureEvent.BaseScanned scanned) {
      return "base %s is scanned".formatted(scanned.recoveryPoint());
    }
    if (event instanceof CaptureEvent.BaseReady ready) {
      return "can be restored to any second from %s"
          .formatted(TimeText.moment(ready.base().restorableFrom()));
    }
    return "switched on a stream with new and old images";
  }

  private void committed(String table, Commit commit) {
    output.detail(
        "table '%s': commit %d, %s, complete to %s"
            .formatted(
                table,
                commit.number(),
                Counts.of(commit.counts().total(), "change"),
                TimeText.moment(commit.completeTo())));
    ObjectNode json =
        Json.object()
            .put("tableName", table)
            .put("chain", commit.chain().value())
            .put("commit", commit.number())
            .put("changes", commit.counts().total())
            .put("completeTo", Json.time(commit.completeTo()));
    output.event(MessageType.STATUS, json);
    metrics.append(vault, table, commit);
  }

  private void gap(String table, ChainEnd end) {
    output.warning(
        "the continuous backup of table '%s' has a gap: %s; it can be restored to %s, and then from"
                .formatted(table, end.detail(), TimeText.moment(end.completeTo()))
            + " the next base on, which is being made");
    notice.tellMeanwhile(
        TableLine.of(table, Result.FAILURE)
            .withFailure(
                new Failure(
                    ErrorCode.INCOMPLETE.name(),
                    "the continuous backup of table '%s' has a gap after %s: %s"
                        .formatted(table, TimeText.moment(end.completeTo()), end.detail()),
                    "a new base is being made; see: dynavault continuous status " + table)));
  }

  private void failed(String table, CaptureEvent.Failed failed) {
    DynavaultException e = failed.failure();
    output.warning(
        "capture of table '%s' failed and tries again in %s: %s"
            .formatted(table, TimeText.span(failed.retryIn()), e.getMessage()));
  }
}
