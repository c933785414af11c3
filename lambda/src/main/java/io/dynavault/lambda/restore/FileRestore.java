// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.restore.ConflictPolicy;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.restore.RestoreRequest;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.restore.RestoreRun;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.restore.RestoreValidation;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.SdkErrors;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.Restores;
import io.dynavault.core.vault.Vault;
import io.dynavault.lambda.host.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/** Restores a table from data files, or as much of it as the time allows. */
final class FileRestore {
  private final Vault vault;
  private final TableClients clients;
  private final DynamoDbTransport transport;
  private final Invocation invocation;
  private final RestoreEvent event;
  private final String testPrefix;

  FileRestore(
      Vault vault,
      TableClients clients,
      DynamoDbTransport transport,
      Invocation invocation,
      RestoreEvent event,
      String testPrefix) {
    this.vault = requireNonNull(vault, "vault is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.event = requireNonNull(event, "event is null");
    this.testPrefix = requireNonNull(testPrefix, "testPrefix is null");
  }

  /**
   * Restores it.
   *
   * @throws DynavaultException {@code INTERRUPTED} where another invocation has to go on
   */
  TableOutcome restore(
      TableOutcome outcome, RecoveryPoint point, StoredCheckpoint checkpoint, RunContext context)
      throws InterruptedException {
    try (ExportContent content = ExportContent.open(vault.store(), point)) {
      return restore(outcome, content, checkpoint, context);
    }
  }

  private TableOutcome restore(
      TableOutcome outcome, ExportContent content, StoredCheckpoint checkpoint, RunContext context)
      throws InterruptedException {
    validate(content, checkpoint, context);
    if (event.mode() == RestoreEvent.Mode.DRY_RUN) {
      plan(content);
      return outcome.ended(TableOutcome.Status.VALIDATED, content.itemCount(), 0);
    }
    RestoreRequest request = plan(content);
    String name = request.target().table().tableName();
    TargetTable target =
        new TargetTable(
            name, transport, clients, invocation.timing().sleeper(), event.maxWorkers());
    RestoreRun run = new RestoreRun(request, target, (key, reason) -> {}, context, checkpoint);
    RestoreResult result = run.run(new RestorePlanner(transport.endpoint()).plan(request));
    if (!result.complete()) {
      return outcome.failed(incomplete(name, result), result.written(), result.failed());
    }
    if (event.mode() == RestoreEvent.Mode.TEST) {
      compare(request, target, context);
      deleteTestTable(name);
    }
    return outcome.ended(TableOutcome.Status.COMPLETED, checkpoint.doneItems(), result.deleted());
  }

  /** Reads every byte before the first item is written: manifests, checksums, counts. */
  private void validate(ExportContent content, StoredCheckpoint checkpoint, RunContext context)
      throws InterruptedException {
    content.requireFiles();
    if (checkpoint.isVerified()) {
      return;
    }
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ContentPart part : content.parts()) {
      if (!checkpoint.isVerified(part.name())) {
        tasks.add(() -> validate(part, checkpoint, context));
      }
    }
    new Parallel("validate", Math.min(4, event.maxWorkers())).run(tasks);
    if (event.mode() != RestoreEvent.Mode.DRY_RUN) {
      checkpoint.verified();
    }
  }

  private boolean validate(ContentPart part, StoredCheckpoint checkpoint, RunContext context)
      throws InterruptedException {
    LongAdder items = new LongAdder();
    part.read(
        (json, offset, length, size) -> {
          if (context.stop().isRequested()) {
            throw context.stop().interrupted("the validation");
          }
          items.increment();
        });
    checkpoint.verified(part.name(), items.sum());
    return true;
  }

  private RestoreRequest plan(ExportContent content) {
    RestoreRequest request =
        new RestoreRequest(
            content,
            target(content.recoveryPoint().orElseThrow()),
            new RestoreOptions(
                event.maxWorkers(),
                Optional.empty(),
                Optional.empty(),
                ItemSelection.everything(),
                Optional.empty(),
                ItemsFingerprint.EVERYTHING));
    new RestorePlanner(transport.endpoint()).plan(request);
    return request;
  }

  private RestoreTarget target(RecoveryPoint point) {
    TableDefinition wanted = wanted(point);
    Optional<TableSnapshot> found = find(wanted.tableName());
    if (found.isEmpty()) {
      return new RestoreTarget.NewTable(wanted);
    }
    TableDefinition table = found.get().definition();
    var created = new RestoreRecord.Target(table.tableName(), table.tableArn(), table.tableId());
    Restores restores = vault.restores();
    if (restores.find(point.tableName(), point.id(), created).isPresent()
        || !restores.intended(point.tableName(), point.id(), table.tableName()).isEmpty()) {
      return new RestoreTarget.UnfinishedTable(wanted, found.get());
    }
    if (event.mode() == RestoreEvent.Mode.TEST) {
      return new RestoreTarget.ExistingTable(table, ConflictPolicy.MAKE_IDENTICAL);
    }
    return new RestoreTarget.ExistingTable(
        table,
        event.existing() == RestoreEvent.Existing.CLEARED
            ? ConflictPolicy.CLEAR
            : ConflictPolicy.OVERWRITE);
  }

  /** A test's table has nothing that costs beyond its items, and can be deleted. */
  private TableDefinition wanted(RecoveryPoint point) {
    if (event.mode() != RestoreEvent.Mode.TEST) {
      return point.table();
    }
    return TableDefinition.onDemand(testPrefix + point.tableName(), point.table().keySchema());
  }

  private Optional<TableSnapshot> find(String name) {
    try {
      return Optional.of(new TableDescriber(clients).describe(name));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void compare(RestoreRequest request, TargetTable target, RunContext context)
      throws InterruptedException {
    ValidationResult result =
        new RestoreValidation(request, target, context)
            .run(new ValidationLevel.All(), (difference, print, key) -> {});
    if (!result.passed()) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to trust the restore to table '%s': it differs from the backup"
              .formatted(target.name()),
          "look at the table; delete it then");
    }
  }

  private void deleteTestTable(String name) {
    SdkErrors.call(
        "DeleteTable", () -> clients.dynamoDb().deleteTable(b -> b.tableName(name)).toString());
  }

  private static DynavaultException incomplete(String name, RestoreResult result) {
    return new DynavaultException(
        ErrorCode.INCOMPLETE,
        "unable to restore all of table '%s': %d items or settings were refused"
            .formatted(
                name,
                result.failed()
                    + result.settings().stream()
                        .filter(s -> s.result().name().equals("FAILED"))
                        .count()),
        "see the log; what is there can be restored over once more");
  }
}
