// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.aws.ondemand.OnDemandOptions;
import io.dynavault.aws.ondemand.OnDemandPlanner;
import io.dynavault.aws.ondemand.OnDemandRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** DynamoDB's on-demand backups. One that AWS still makes is recorded by the next invocation. */
final class OnDemandMethod implements BackupMethod {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Vault vault;
  private final TableClients clients;
  private final Invocation invocation;
  private final OnDemandBackups backups;
  private final OnDemandPlanner planner;
  private final OnDemandOptions options;
  private final RequestTag tag;

  OnDemandMethod(Vault vault, TableClients clients, Invocation invocation, String namePrefix) {
    this.vault = requireNonNull(vault, "vault is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    tag = new RequestTag(invocation.requestId());
    backups =
        new OnDemandBackups(
            clients.dynamoDb(), new PacedCalls(invocation.timing(), invocation.stop(), PATIENCE));
    planner = new OnDemandPlanner(new TableDescriber(clients), invocation.timing().clock());
    options = new OnDemandOptions(namePrefix, tag.asTags(), Optional.empty());
  }

  @Override
  public String type() {
    return "DYNAMODB_ON_DEMAND_BACKUP";
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
      return state.completed(make(state.tableName()));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED && invocation.stop().isRequested()) {
        return state;
      }
      throw e;
    }
  }

  private RecoveryPoint make(String tableName) throws InterruptedException {
    Optional<RecoveryPoint> begun = unfinished(tableName).stream().filter(tag::isOn).findFirst();
    if (begun.isPresent()) {
      return begun.get();
    }
    List<RecoveryPoint> points =
        run(tableName).start(planner.plan(tableName, options)).recoveryPoints();
    return points.get(points.size() - 1);
  }

  /** What earlier invocations have begun, recorded now. */
  private List<RecoveryPoint> unfinished(String tableName) throws InterruptedException {
    try {
      return run(tableName).resume(tableName).recoveryPoints();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  private OnDemandRun run(String tableName) {
    return new OnDemandRun(
        vault,
        backups,
        invocation.deadline().left(),
        invocation.context(tableName),
        Version.current());
  }

  @Override
  public void close() {
    clients.close();
  }
}
