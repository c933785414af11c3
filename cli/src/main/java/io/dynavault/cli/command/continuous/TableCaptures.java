// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.vault.Vault;
import java.util.List;

/** Captures several tables, each for itself, in one process. */
final class TableCaptures {
  private final Session session;
  private final Vault vault;
  private final CaptureListener listener;
  private final Until until;

  TableCaptures(Session session, Vault vault, RunNotice notice, Until until) {
    this.session = requireNonNull(session, "session is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.listener = new CaptureDisplay(session, notice, vault.config().name());
    this.until = requireNonNull(until, "until is null");
  }

  List<Outcome<CaptureResult>> run(TableClients clients, List<String> tables)
      throws InterruptedException {
    StopSignal stop = session.usualStop().get();
    try (CaptureRequests requests = CaptureRequests.open(session, vault, clients, tables.size())) {
      return Outcome.ofEach(
          tables,
          tables.size(),
          stop,
          table -> capture(requests.request(table, until, listener, stop), stop));
    }
  }

  private CaptureResult capture(CaptureRequest request, StopSignal stop) {
    String table = request.table().name();
    RunContext context =
        new RunContext(
            session.context().timing(), session.context().ticker(), new Progress(table), stop);
    try {
      return new CaptureRun(request, context).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "capture of table '" + table + "' was interrupted", e);
    }
  }
}
