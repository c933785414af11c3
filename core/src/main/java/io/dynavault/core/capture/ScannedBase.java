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
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
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

  /** Tag whose value is the number of the last commit before the scan; absent for none. */
  static final String AFTER_TAG = "continuous-after";

  /** Tag whose value is the first second to which the base can be rolled. */
  static final String FROM_TAG = "continuous-from";

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
  public ScannedPoint make(BaseOrder order, RunContext context) throws InterruptedException {
    Chain chain = order.chain();
    Optional<ScannedPoint> made = made(order);
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
      Optional<ScannedPoint> resumed = resume(run, chain).filter(order::isMetBy);
      if (resumed.isPresent()) {
        return resumed.get();
      }
    }
    return scanned(chain, run.start(plan(order, context)).recoveryPoint());
  }

  /** One that was committed by a process that ended before it could note it. */
  private Optional<ScannedPoint> made(BaseOrder order) {
    return vault.catalog().list(order.chain().tableName()).entries().stream()
        .map(CatalogEntry::point)
        .filter(point -> isOf(order.chain(), point))
        .map(point -> scanned(order.chain(), point))
        .filter(order::isMetBy)
        .max(Comparator.comparing(ScannedPoint::restorableFrom));
  }

  private static ScannedPoint scanned(Chain chain, RecoveryPoint point) {
    try {
      String after = point.tags().get(AFTER_TAG);
      String from = point.tags().get(FROM_TAG);
      return after == null || from == null
          ? new ScannedPoint(point.id(), 0, BaseWork.first(chain))
          : new ScannedPoint(point.id(), Long.parseLong(after), Instant.parse(from));
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to use recovery point '%s' as a base: its tags cannot be read"
              .formatted(point.id()),
          e);
    }
  }

  private static boolean isOf(Chain chain, RecoveryPoint point) {
    return chain.id().value().equals(point.tags().get(TAG));
  }

  /** Empty where what is left of it is of no use. */
  private Optional<ScannedPoint> resume(BackupRun run, Chain chain) throws InterruptedException {
    try {
      RecoveryPoint point = run.resume(chain.tableName(), options.readCapacity()).recoveryPoint();
      return isOf(chain, point) ? Optional.of(scanned(chain, point)) : Optional.empty();
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

  private BackupPlan plan(BaseOrder order, RunContext context) {
    Chain chain = order.chain();
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
            new BackupRequest(ScanQuery.all(chain.tableName(), true), tagged(order)),
            definition,
            table.itemCount(),
            table.tableSizeBytes());
  }

  private BackupOptions tagged(BaseOrder order) {
    Map<String, String> tags = new TreeMap<>(options.tags());
    tags.put(TAG, order.chain().id().value());
    if (order.afterCommit() > 0) {
      tags.put(AFTER_TAG, String.valueOf(order.afterCommit()));
      tags.put(FROM_TAG, order.restorableFrom().toString());
    }
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
