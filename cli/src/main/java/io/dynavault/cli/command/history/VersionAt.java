// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.ItemMatch;
import io.dynavault.cli.command.MomentTables;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.ToTime;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.item.ItemFormat;
import io.dynavault.cli.command.item.ItemPrinter;
import io.dynavault.cli.command.item.ItemStream;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.history.RecordedChange;
import io.dynavault.core.history.VersionSearch;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Prints items as they were at a moment. */
final class VersionAt {
  private static final int READERS = 4;

  private final Session session;
  private final String table;
  private final ToTime moment;
  private final ItemMatch items;

  VersionAt(Session session, String table, ToTime moment, ItemMatch items) {
    this.session = requireNonNull(session, "session is null");
    this.table = requireNonNull(table, "table is null");
    this.moment = requireNonNull(moment, "moment is null");
    this.items = requireNonNull(items, "items is null");
  }

  /** Prints them as {@code cat} does, at most so many. */
  void print(long limit) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault();
        ItemPrinter printer =
            ItemFormat.DYNAMODB_JSON.printer(session.output().data(), List.of())) {
      MomentPlan plan = new MomentTables(open.vault()).plan(table, moment, session::now);
      plan.notes().forEach(session.output()::warning);
      ItemSelection selection = items.selection(keySchema(plan));
      RunContext context = context();
      Optional<RecordedChange> last = lastChange(open, plan, selection, context);
      if (last.isPresent()) {
        Optional<Item> item = last.get().newImage();
        if (item.isPresent() && limit > 0) {
          byte[] json = DynamoDbJson.encode(item.get());
          printer.print(json, 0, json.length);
        }
        return;
      }
      session
          .output()
          .message(
              "reading recovery point '%s', all of it, and %d changes"
                  .formatted(plan.base().id(), plan.changes()));
      try (OpenContent content =
          OpenContent.of(
              open.vault(), plan, Thread.currentThread()::interrupt, session.output()::warning)) {
        content.content().prepare(context);
        new ItemStream(content.content(), Optional.of(keySchema(plan)), selection)
            .print(printer, limit, session.output()::readerIsGone);
        content.check();
      }
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED, "unable to print items: " + e.getMessage(), e);
    }
  }

  private RunContext context() {
    return new RunContext(
        session.context().timing(),
        session.context().ticker(),
        new Progress(table),
        new StopSignal());
  }

  private Optional<RecordedChange> lastChange(
      OpenVault open, MomentPlan plan, ItemSelection selection, RunContext context)
      throws InterruptedException {
    boolean one =
        selection.filter().isEmpty()
            && selection.keys().map(keys -> keys.isOneItem(keySchema(plan))).orElse(false);
    Optional<RecoveryPointId> chain = plan.window().chain();
    if (!one || chain.isEmpty()) {
      return Optional.empty();
    }
    return new VersionSearch(open.store(), READERS, context)
        .lastChange(table, chain.get(), selection, plan.moment());
  }

  private static KeySchema keySchema(MomentPlan plan) {
    return plan.base().table().keySchema();
  }
}
