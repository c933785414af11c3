// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Version;
import java.util.Optional;

/**
 * This engine's own backup. When time is over a table's backup is stopped at a safe place, and the
 * next invocation goes on there.
 */
final class ScanMethod implements BackupMethod {
  static final int WORKERS = 4;

  private final Vault vault;
  private final TableClients clients;
  private final DynamoDbTransport transport;
  private final Invocation invocation;
  private final TableDescriber describer;
  private final BackupPlanner planner;
  private final RequestTag tag;

  ScanMethod(
      Vault vault, TableClients clients, DynamoDbTransport transport, Invocation invocation) {
    this.vault = requireNonNull(vault, "vault is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    describer = new TableDescriber(clients);
    tag = new RequestTag(invocation.requestId());
    planner =
        new BackupPlanner(
            transport.endpoint(), invocation.timing().clock(), invocation.timing().random());
  }

  @Override
  public String type() {
    return "DYNAVAULT_SCAN";
  }

  @Override
  public TableState advance(TableState state) throws InterruptedException {
    if (state.status() == TableState.Status.PENDING) {
      return state.begun(); // noted before it is begun, so that nobody begins it twice
    }
    Optional<RecoveryPoint> made = tag.find(vault, state.tableName());
    if (made.isPresent()) {
      return state.completed(made.get());
    }
    try {
      return state.completed(run(state.tableName()).recoveryPoint());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED && invocation.stop().isRequested()) {
        return state;
      }
      throw e;
    }
  }

  private BackupResult run(String tableName) throws InterruptedException {
    try {
      return newRun(tableName).resume(tableName, Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.RECOVERY_POINT_NOT_FOUND && e.code() != ErrorCode.TABLE_CHANGED) {
        throw e;
      }
    }
    return newRun(tableName).start(plan(tableName));
  }

  private BackupRun newRun(String tableName) {
    return new BackupRun(
        vault,
        transport,
        new TableIdentity(name -> describer.describe(name).definition()),
        invocation.context(tableName),
        Version.current());
  }

  private BackupPlan plan(String tableName) {
    TableSnapshot table = describer.describe(tableName);
    BackupOptions options =
        new BackupOptions(
            WORKERS,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            BackupOptions.DEFAULT_FILE_BYTES,
            tag.asTags(),
            Optional.empty());
    return planner.plan(
        new BackupRequest(ScanQuery.all(tableName, false), options),
        table.definition(),
        table.itemCount(),
        table.tableSizeBytes());
  }

  @Override
  public void close() {
    try (clients) {
      transport.close();
    }
  }
}
