// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobQuery;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableIncarnation;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A table that a restore is to go on with. AWS says what a table is made of while it is being made,
 * and no longer: afterwards a table is refused that cannot be the one, so that none gets the
 * settings of another.
 */
final class ResumedTable {
  /** How far the clocks of those who date tables and backups may differ. */
  private static final Duration TOLERANCE = Duration.ofMinutes(15);

  private final ManagedRestoreRequest request;
  private final SourceTable source;
  private final TableDescription table;

  ResumedTable(ManagedRestoreRequest request, SourceTable source, TableDescription table) {
    this.request = requireNonNull(request, "request is null");
    this.source = requireNonNull(source, "source is null");
    this.table = requireNonNull(table, "table is null");
  }

  /**
   * @param keys of what is restored, where they are known
   * @throws DynavaultException {@code TABLE_EXISTS} if it is another table
   */
  void require(Optional<KeySchema> keys, Jobs jobs) {
    boolean possible =
        request.source() instanceof RestoreSource.Job job
            ? isMadeBy(job, jobs)
            : Optional.ofNullable(table.restoreSummary())
                .map(this::names)
                .orElseGet(() -> mayBeMade(keys));
    if (!possible) {
      throw new DynavaultException(
          ErrorCode.TABLE_EXISTS,
          "unable to resume the restore of table '%s': it is there, and was not made of %s"
              .formatted(request.tableName(), request.source().text()),
          "restore to another name with --target-table or --rename, without --resume");
    }
  }

  private boolean names(RestoreSummary summary) {
    if (request.source() instanceof RestoreSource.Backup backup) {
      return backup.arn().text().equals(summary.sourceBackupArn());
    }
    return summary.sourceBackupArn() == null && source.tableArn().equals(summary.sourceTableArn());
  }

  private boolean mayBeMade(Optional<KeySchema> keys) {
    String id = TableIncarnation.id(table.tableId(), table.tableArn(), table.creationDateTime());
    return !source.tableId().equals(id)
        && !table.creationDateTime().isBefore(restored().minus(TOLERANCE))
        && keys.map(this::hasKeys).orElse(true);
  }

  /** The moment of what is restored: no table of it is older. */
  private Instant restored() {
    if (request.source() instanceof RestoreSource.Backup backup) {
      return backup.arn().id().startTime();
    }
    return request.source() instanceof RestoreSource.PointInTime point
        ? point.time().orElse(Instant.EPOCH)
        : Instant.EPOCH;
  }

  private boolean hasKeys(KeySchema keys) {
    Set<String> names = new HashSet<>(Set.of(keys.partitionKey().name()));
    keys.sortKey().map(KeyAttribute::name).ifPresent(names::add);
    return names.equals(
        table.keySchema().stream()
            .map(KeySchemaElement::attributeName)
            .collect(Collectors.toSet()));
  }

  private boolean isMadeBy(RestoreSource.Job source, Jobs jobs) {
    return jobs.list(JobKind.RESTORE, JobQuery.ALL).stream()
        .filter(job -> job.recoveryPointArn().filter(source.arn()::equals).isPresent())
        .anyMatch(
            job -> job.resultArn().map(table.tableArn()::equals).orElse(!job.state().isFinal()));
  }
}
