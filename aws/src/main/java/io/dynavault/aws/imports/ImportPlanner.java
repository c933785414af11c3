// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.TableLookup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.SecondaryIndex;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.layout.ObjectKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Plans imports: refuses what AWS would refuse, or would do otherwise than somebody expects. Begins
 * nothing.
 */
public final class ImportPlanner {
  /** Quotas of DynamoDB (Developer Guide, "Import quotas and validation"). */
  private static final long MOST_FILES = 50_000;

  private static final long MOST_BYTES = 1_000_000_000_000L;
  private static final long MOST_BYTES_OF_LARGE_REGIONS = 15 * MOST_BYTES;
  private static final Set<String> LARGE_REGIONS = Set.of("us-east-1", "us-west-2", "eu-west-1");

  private final DynamoDbClient client;
  private final PacedCalls calls;

  public ImportPlanner(DynamoDbClient client, PacedCalls calls) {
    this.client = requireNonNull(client, "client is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * Plans an import.
   *
   * @throws DynavaultException {@code NAME_INVALID}, {@code TABLE_EXISTS}, {@code UNSUPPORTED} for
   *     a table or files that AWS does not import, {@code RESOURCE_NOT_FOUND} or {@code
   *     REQUEST_CONFLICT} where there is no import of these files to go on with
   */
  public ImportPlan plan(ImportRequest request) throws InterruptedException {
    String name = request.tableName();
    if (!ObjectKeys.isTableName(name)) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID, "unable to import table '" + name + "': not a table name");
    }
    if (request.beginning() == ImportRequest.Beginning.RESUMED) {
      return new ImportPlan(request, Optional.of(begun(request)), List.of());
    }
    requirePossible(request.table());
    requireFewFiles(request);
    if (TableLookup.find(client, calls, name).isPresent()) {
      throw ImportErrors.exists(name);
    }
    return new ImportPlan(request, Optional.empty(), notes(request));
  }

  private static void requirePossible(TableDefinition table) {
    if (!table.localSecondaryIndexes().isEmpty()) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to import table '%s': AWS imports no local secondary indexes, and it has %s"
              .formatted(
                  table.tableName(),
                  table.localSecondaryIndexes().stream()
                      .map(SecondaryIndex::indexName)
                      .collect(Collectors.joining("', '", "'", "'"))),
          "do without them by --local-indexes none; or write the items: leave --via out");
    }
  }

  private static void requireFewFiles(ImportRequest request) {
    if (request.files().count() > MOST_FILES) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to import table '%s': '%s' has %d files, and AWS takes %d at most"
              .formatted(
                  request.tableName(),
                  request.files().location(),
                  request.files().count(),
                  MOST_FILES),
          "write the items: leave --via out");
    }
  }

  private ImportInfo begun(ImportRequest request) throws InterruptedException {
    String name = request.tableName();
    ImportInfo newest =
        new Imports(client, calls)
            .newest(name)
            .orElseThrow(
                () ->
                    new DynavaultException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "unable to resume the import of table '" + name + "': AWS knows of none",
                        "run it without --resume"));
    if (!newest.source().equals(request.files().location())) {
      throw new DynavaultException(
          ErrorCode.REQUEST_CONFLICT,
          "unable to resume the import of table '%s': the newest one is of '%s', not of '%s'"
              .formatted(name, newest.source(), request.files().location()),
          "see it with: dynavault imports describe " + newest.arn());
    }
    return newest;
  }

  private List<String> notes(ImportRequest request) {
    List<String> notes = new ArrayList<>();
    String region = client.serviceClientConfiguration().region().id();
    boolean large = LARGE_REGIONS.contains(region);
    if (request.files().storedBytes() > (large ? MOST_BYTES_OF_LARGE_REGIONS : MOST_BYTES)) {
      notes.add(
          "the files are more than the %s that AWS imports at a time in region %s, unless your quota is higher"
              .formatted(large ? "15 TB" : "1 TB", region));
    }
    if (request.files().format() == ImportFormat.CSV) {
      notes.add("columns of keys have the keys' types, all others become text");
    }
    if (request.expectedItems().isEmpty()) {
      notes.add("items that share a key replace each other, in any order, and AWS does not tell");
    }
    return notes;
  }
}
