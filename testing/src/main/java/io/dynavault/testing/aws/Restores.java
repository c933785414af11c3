// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.CreatingTables.Creating;
import java.util.Optional;

/** How AWS restores a table, from a backup or to a point in time. */
final class Restores {
  private static final int MOST_AT_ONCE = 50;

  /**
   * What a table is restored from.
   *
   * @param name a backup's ARN, or another name of the source
   * @param summary {@code RestoreSummary} without its progress
   */
  record Source(String name, ObjectNode summary) {}

  private final StubContext context;

  Restores(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /** A restore out of another region has to say how the table is encrypted there. */
  void requireKeyAcrossRegions(StubRequest request, String sourceRegion) {
    if (!sourceRegion.equals(request.region()) && !request.has("SSESpecificationOverride")) {
      throw AwsError.validation(
          "Invalid Request: sseSpecificationOverride must be provided for cross-region restores");
    }
  }

  /**
   * Makes sure that a restore may make its table.
   *
   * @throws AwsError as the service refuses it
   */
  void requireFree(StubRequest request, String target) {
    Optional<Creating> other = context.creating().find(target);
    if (other.isPresent()) {
      throw AwsError.of(
          "TableInUseException",
          "Table: " + target + " is already being restored from backup: " + other.get().source());
    }
    if (context.tables().describe(request.call(), target).isPresent()) {
      throw AwsError.of("TableAlreadyExistsException", "Table already exists: " + target);
    }
    if (context.creating().count() >= MOST_AT_ONCE) {
      throw AwsError.of(
          "LimitExceededException",
          "Only 50 restore operations are allowed simultaneously per account");
    }
  }

  /** Makes the table with its items, and shows it as CREATING until the restore is done. */
  JsonNode start(StubRequest request, String target, TableSnapshot table, Source source) {
    ObjectNode definition = new RestoredDefinition(table, request).createTable(target);
    context.tables().create(request.call(), definition, table.items());
    ObjectNode summary = Wire.object();
    summary.set("RestoreSummary", source.summary().deepCopy().put("RestoreInProgress", true));
    Creating work = new Creating(context.pending(), summary, source.name());
    context.creating().begin(target, work);
    ObjectNode answer = Wire.object();
    answer.set("TableDescription", context.creating().description(request.call(), target, work));
    return answer;
  }
}
