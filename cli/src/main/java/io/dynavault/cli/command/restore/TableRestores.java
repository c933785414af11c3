// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Printable;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.restore.RestoreRequest;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.restore.RestoreRun;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.write.FailureListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans and runs the restores of several tables, each for itself. */
final class TableRestores {
  private final Session session;
  private final RestoreCommandOptions options;
  private final TableClients clients;
  private final DynamoDbTransport transport;
  private final TableDescriber describer;

  TableRestores(
      Session session,
      RestoreCommandOptions options,
      TableClients clients,
      DynamoDbTransport transport) {
    this.session = session;
    this.options = options;
    this.clients = clients;
    this.transport = transport;
    this.describer = new TableDescriber(clients);
  }

  /** The plans of all; nothing is written while one of them cannot be made. */
  List<RestorePlan> plan(List<RestoreOrder> orders) throws InterruptedException {
    List<RestorePlan> plans = new ArrayList<>();
    for (RestoreOrder order : orders) {
      try (OpenContent open = order.source().open(() -> {})) {
        plans.add(plan(request(order, open.content())));
      }
    }
    return plans;
  }

  List<Outcome<RestoreResult>> run(List<RestoreOrder> orders, int atATime)
      throws InterruptedException {
    Map<String, RestoreOrder> byTarget =
        orders.stream().collect(Collectors.toMap(RestoreOrder::targetTable, Function.identity()));
    List<String> names = orders.stream().map(RestoreOrder::targetTable).toList();
    try (ProgressBoard board = ProgressBoard.start(session)) {
      return Outcome.ofEach(names, atATime, board.stop(), name -> run(name, byTarget, board));
    }
  }

  private RestoreResult run(String name, Map<String, RestoreOrder> orders, ProgressBoard board) {
    RestoreOrder order = orders.get(name);
    if (order == null) {
      throw new IllegalStateException("no order for table " + name);
    }
    try (OpenContent open = order.source().open(board.stop()::request)) {
      RestoreRequest request = request(order, open.content());
      RestoreResult result =
          new RestoreRun(request, target(name), failures(name), board.context(name))
              .run(plan(request));
      open.check();
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "restore of table '" + name + "' was interrupted",
          "complete it by running it again with --on-conflict overwrite",
          e);
    }
  }

  private RestorePlan plan(RestoreRequest request) {
    return new RestorePlanner(transport.endpoint()).plan(request);
  }

  private RestoreRequest request(RestoreOrder order, ExportContent content) {
    RestoreTarget target = target(order);
    TableDefinition table = target.table();
    RestoreOptions restore =
        new RestoreOptions(
            session.config().value(ConfigOptions.RESTORE_WORKERS),
            session.config().optional(ConfigOptions.RESTORE_WRITE_CAPACITY),
            options.items().selection(table.keySchema(), timeToLive(order, table), session.now()),
            options.mask().transform(table.keySchema(), session.context().environment()));
    return new RestoreRequest(content, target, restore);
  }

  private static Optional<String> timeToLive(RestoreOrder order, TableDefinition target) {
    return order
        .definition()
        .flatMap(definition -> definition.settings().timeToLiveAttribute())
        .or(() -> target.settings().timeToLiveAttribute());
  }

  private RestoreTarget target(RestoreOrder order) {
    String name = order.targetTable();
    Optional<TableDefinition> existing = existing(name);
    if (existing.isPresent()) {
      return options
          .target()
          .onConflict()
          .map(policy -> new RestoreTarget.ExistingTable(existing.get(), policy))
          .orElseThrow(() -> exists(name));
    }
    return new RestoreTarget.NewTable(
        options.target().newTable(name, order.definition().orElseThrow(() -> unknown(name))));
  }

  private Optional<TableDefinition> existing(String name) {
    try {
      return Optional.of(describer.describe(name).definition());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private TargetTable target(String name) {
    return new TargetTable(
        name,
        transport,
        clients,
        session.context().timing().sleeper(),
        session.config().value(ConfigOptions.RESTORE_WORKERS));
  }

  private FailureListener failures(String table) {
    return (key, reason) -> {
      session
          .output()
          .event(
              MessageType.ERROR,
              Json.object().put("tableName", table).put("key", key).put("message", reason));
      if (!session.output().isJson()) {
        session
            .output()
            .error(Printable.escape("failed: table '%s': %s: %s".formatted(table, key, reason)));
      }
    };
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
