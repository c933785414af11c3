// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.export.ExportOptions;
import io.dynavault.aws.export.ExportOrder;
import io.dynavault.aws.export.ExportPlanner;
import io.dynavault.aws.export.ExportRequest;
import io.dynavault.aws.export.ExportScope;
import io.dynavault.aws.export.Exports;
import io.dynavault.aws.export.StartedExport;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * DynamoDB's own export to S3. AWS knows a repeated request by its key, and the vault's journal
 * keeps what was started: another invocation finds it there.
 */
final class ExportMethod implements BackupMethod {
  private final Vault vault;
  private final TableClients clients;
  private final Exports exports;
  private final ExportPlanner planner;
  private final ExportOptions options;
  private final Map<String, StartedExport> started = new HashMap<>();

  ExportMethod(
      Vault vault, TableClients clients, Invocation invocation, Optional<String> kmsKeyArn) {
    this.vault = requireNonNull(vault, "vault is null");
    this.clients = requireNonNull(clients, "clients is null");
    var clock = invocation.timing().clock();
    exports = new Exports(clients.dynamoDb(), vault, clock, Version.current());
    planner = new ExportPlanner(clients.dynamoDb(), new TableDescriber(clients), vault, clock);
    ExportOptions defaults = ExportOptions.defaults();
    options =
        new ExportOptions(
            defaults.format(),
            kmsKeyArn.map(S3Encryption::kms).orElseGet(S3Encryption::bucketDefault),
            defaults.bucketOwner(),
            defaults.tags(),
            defaults.deleteAfter(),
            Optional.of(invocation.requestId()));
  }

  @Override
  public String type() {
    return "DYNAMODB_NATIVE_EXPORT";
  }

  @Override
  public TableState advance(TableState state) throws InterruptedException {
    return state.status() == TableState.Status.PENDING ? start(state) : look(state);
  }

  private TableState start(TableState state) {
    ExportRequest request = new ExportRequest(state.tableName(), new ExportScope.Now(), options);
    ExportOrder order = planner.plan(request).orders().get(0);
    StartedExport export = exports.start(order);
    started.put(state.tableName(), export);
    return state.begun(export.exportArn());
  }

  private TableState look(TableState state) throws InterruptedException {
    String arn = state.awsArn().orElseThrow();
    Optional<StartedExport> export = Optional.ofNullable(started.get(state.tableName()));
    if (export.isEmpty()) {
      Optional<CatalogEntry> recorded = recorded(state.tableName(), arn);
      if (recorded.isPresent()) {
        return state.completed(recorded.get().point());
      }
      export = noted(state.tableName(), arn);
    }
    StartedExport known = export.orElseThrow(() -> lost(state.tableName(), arn));
    started.put(state.tableName(), known);
    return exports.poll(known).hasEnded() ? state.completed(exports.commit(known)) : state;
  }

  private Optional<CatalogEntry> recorded(String tableName, String arn) {
    RecoveryPointId id = new RecoveryPointId(arn.substring(arn.lastIndexOf('/') + 1));
    return vault.catalog().get(tableName, id);
  }

  private Optional<StartedExport> noted(String tableName, String arn) {
    return exports.unfinished(tableName).stream()
        .filter(export -> export.exportArn().equals(arn))
        .findFirst();
  }

  private static DynavaultException lost(String tableName, String arn) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to record export '%s' of table '%s': its journal is gone from the vault"
            .formatted(arn, tableName),
        "the next backup makes another one");
  }

  @Override
  public void close() {
    clients.close();
  }
}
