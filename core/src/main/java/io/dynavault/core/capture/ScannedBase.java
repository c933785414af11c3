// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes bases by parallel scan, with strongly consistent reads: what was in the table before the
 * scan began is in the base. A tag says which chain a recovery point is the base of, so that one
 * that was interrupted is gone on with by the next process.
 */
public final class ScannedBase implements BaseBackup {
  /** Tag of the recovery point, whose value is the id of the chain. */
  public static final String TAG = "continuous-chain";

  private final Vault vault;
  private final DynamoDbTransport transport;
  private final Function<String, TableSnapshot> describe;
  private final BackupOptions options;
  private final String toolVersion;

  /**
   * @param describe reads a table by its name
   * @param options of the backups; a tag is added
   */
  public ScannedBase(
      Vault vault,
      DynamoDbTransport transport,
      Function<String, TableSnapshot> describe,
      BackupOptions options,
      String toolVersion) {
    this.vault = requireNonNull(vault, "vault is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.describe = requireNonNull(describe, "describe is null");
    this.options = requireNonNull(options, "options is null");
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  @Override
  public RecoveryPointId make(Chain chain, RunContext context) throws InterruptedException {
    Optional<RecoveryPointId> made = made(chain);
    if (made.isPresent()) {
      return made.get();
    }
    BackupRun run =
        new BackupRun(
            vault,
            transport,
            new TableIdentity(name -> describe.apply(name).definition()),
            context,
            toolVersion);
    if (isInterrupted(chain)) {
      Optional<RecoveryPointId> resumed = resume(run, chain);
      if (resumed.isPresent()) {
        return resumed.get();
      }
    }
    return run.start(plan(chain, context)).recoveryPoint().id();
  }

  /** One that was committed by a process that ended before it could note it. */
  private Optional<RecoveryPointId> made(Chain chain) {
    return vault.catalog().list(chain.tableName()).entries().stream()
        .map(CatalogEntry::point)
        .filter(point -> isOf(chain, point))
        .map(RecoveryPoint::id)
        .findFirst();
  }

  private static boolean isOf(Chain chain, RecoveryPoint point) {
    return chain.id().value().equals(point.tags().get(TAG));
  }

  /** Empty where what is left of it is of no use. */
  private Optional<RecoveryPointId> resume(BackupRun run, Chain chain) throws InterruptedException {
    try {
      RecoveryPoint point = run.resume(chain.tableName(), options.readCapacity()).recoveryPoint();
      return isOf(chain, point) ? Optional.of(point.id()) : Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.DAMAGED || e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether the newest backup that has not ended is one of this chain. */
  private boolean isInterrupted(Chain chain) {
    List<RunJournal> unfinished = vault.runs().unfinished(chain.tableName());
    return !unfinished.isEmpty()
        && chain
            .id()
            .value()
            .equals(
                unfinished
                    .get(unfinished.size() - 1)
                    .run()
                    .plan()
                    .path("options")
                    .path("tags")
                    .path(TAG)
                    .asText());
  }

  private BackupPlan plan(Chain chain, RunContext context) {
    TableSnapshot table = describe.apply(chain.tableName());
    TableDefinition definition = table.definition();
    if (!definition.tableId().equals(chain.table().tableId())) {
      throw new DynavaultException(
          ErrorCode.TABLE_CHANGED,
          "unable to back up table '%s': it was deleted and created again meanwhile"
              .formatted(chain.tableName()));
    }
    return new BackupPlanner(
            transport.endpoint(), context.timing().clock(), context.timing().random())
        .plan(
            new BackupRequest(ScanQuery.all(chain.tableName(), true), tagged(chain)),
            definition,
            table.itemCount(),
            table.tableSizeBytes());
  }

  private BackupOptions tagged(Chain chain) {
    Map<String, String> tags = new TreeMap<>(options.tags());
    tags.put(TAG, chain.id().value());
    return new BackupOptions(
        options.workers(),
        options.readCapacity(),
        options.outputFormat(),
        options.codec(),
        options.fileBytes(),
        tags,
        options.deleteAfter());
  }
}
