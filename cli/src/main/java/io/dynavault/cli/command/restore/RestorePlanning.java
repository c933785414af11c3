// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.restore.RestoreRequest;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.format.layout.ObjectKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Opens what is restored and plans it, or fails with all that stands against it. */
final class RestorePlanning implements AutoCloseable {
  private final Session session;
  private final RestoreCommandOptions options;
  private final TableDescriber describer;
  private final RestorePlanner planner;
  private final Deque<OpenContent> open = new ArrayDeque<>();

  RestorePlanning(
      Session session,
      RestoreCommandOptions options,
      TableDescriber describer,
      RestorePlanner planner) {
    this.session = requireNonNull(session, "session is null");
    this.options = requireNonNull(options, "options is null");
    this.describer = requireNonNull(describer, "describer is null");
    this.planner = requireNonNull(planner, "planner is null");
  }

  List<PlannedRestore> plan(List<RestoreOrder> orders) throws InterruptedException {
    List<Outcome<PlannedRestore>> planned = new ArrayList<>();
    for (RestoreOrder order : orders) {
      try {
        planned.add(new Outcome<>(order.targetTable(), Optional.of(plan(order)), Optional.empty()));
      } catch (DynavaultException e) {
        planned.add(new Outcome<>(order.targetTable(), Optional.empty(), Optional.of(e)));
      }
    }
    return Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, planned);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private PlannedRestore plan(RestoreOrder order) throws InterruptedException {
    requireTableName(order.targetTable());
    StopSignal lost = new StopSignal();
    OpenContent content = order.source().open(lost::request);
    open.push(content);
    RestoreTarget target = target(order);
    RestoreRequest request =
        new RestoreRequest(content.content(), target, restoreOptions(order, target));
    RestorePlan plan = planner.plan(request);
    return new PlannedRestore(content, lost, request, plan, order.moment(), notes(order, target));
  }

  private static void requireTableName(String name) {
    if (!ObjectKeys.isTableName(name)) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID, "unable to restore to table '" + name + "': not a table name");
    }
  }

  private RestoreOptions restoreOptions(RestoreOrder order, RestoreTarget target) {
    TableDefinition table = target.table();
    Optional<String> timeToLive =
        order
            .definition()
            .flatMap(definition -> definition.settings().timeToLiveAttribute())
            .or(() -> table.settings().timeToLiveAttribute());
    return new RestoreOptions(
        session.config().value(ConfigOptions.RESTORE_WORKERS),
        session.config().optional(ConfigOptions.RESTORE_WRITE_CAPACITY),
        session.config().optional(ConfigOptions.RESTORE_READ_CAPACITY),
        options.items().selection(table.keySchema(), timeToLive, session.now()),
        options.mask().transform(table.keySchema(), session.context()),
        choice(order));
  }

  private String choice(RestoreOrder order) {
    ItemsFingerprint fingerprint = new ItemsFingerprint();
    order
        .moment()
        .ifPresent(moment -> fingerprint.add("moment", moment.plan().moment().toString()));
    options.items().addTo(fingerprint);
    options.mask().addTo(fingerprint, session.context());
    return fingerprint.end();
  }

  private RestoreTarget target(RestoreOrder order) {
    String name = order.targetTable();
    Optional<TableSnapshot> found = find(name);
    if (found.isEmpty()) {
      return new RestoreTarget.NewTable(newTable(order, order.definition()));
    }
    if (found.get().status().equals("DELETING")) {
      throw new DynavaultException(
          ErrorCode.TABLE_EXISTS,
          "unable to restore to table '" + name + "': it is being deleted",
          "run again when it is gone, or restore under another name with --target-table");
    }
    TableDefinition table = found.get().definition();
    options.target().requireKeysOf(table);
    if (options.isResume()) {
      Optional<TableDefinition> wanted =
          order
              .definition()
              .or(() -> Optional.of(TableDefinition.onDemand(name, table.keySchema())));
      return new RestoreTarget.UnfinishedTable(newTable(order, wanted), found.get());
    }
    return options
        .target()
        .onConflict()
        .map(policy -> new RestoreTarget.ExistingTable(table, policy))
        .orElseThrow(() -> exists(name));
  }

  private TableDefinition newTable(RestoreOrder order, Optional<TableDefinition> original) {
    String name = order.targetTable();
    return options.target().newTable(name, original.orElseThrow(() -> unknown(name)));
  }

  private Optional<TableSnapshot> find(String name) {
    try {
      return Optional.of(describer.describe(name));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<String> notes(RestoreOrder order, RestoreTarget target) {
    List<String> notes = new ArrayList<>();
    order.moment().ifPresent(moment -> notes.addAll(moment.notes()));
    if (target instanceof RestoreTarget.ExistingTable && options.target().changesNewTables()) {
      notes.add(
          "table '%s' exists: options for new tables change nothing about it"
              .formatted(target.table().tableName()));
    }
    return notes;
  }

  private static DynavaultException exists(String name) {
    return new DynavaultException(
        ErrorCode.TABLE_EXISTS,
        "unable to restore to table '" + name + "': it exists",
        "restore under another name with --target-table or --rename, or say with --on-conflict"
            + " what to do with its items");
  }

  private static DynavaultException unknown(String name) {
    return new DynavaultException(
        ErrorCode.USAGE,
        "unable to create table '" + name + "': the export does not say what its key is",
        "give it with --key-schema, such as --key-schema pk:S,sk:N, or restore into a table that"
            + " exists with --on-conflict");
  }
}
