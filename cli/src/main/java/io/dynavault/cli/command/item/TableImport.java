// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.imports.FilesInBucket;
import io.dynavault.aws.imports.ImportFiles;
import io.dynavault.aws.imports.ImportPlan;
import io.dynavault.aws.imports.ImportRequest;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.command.restore.AwsImports;
import io.dynavault.cli.command.restore.ImportedReport;
import io.dynavault.cli.command.restore.ImportedTable;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.format.item.KeyAttribute;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Has AWS make a new table of files in S3. */
final class TableImport {
  private final Session session;
  private final RunNotice notice;
  private final ImportOptions options;

  TableImport(Session session, RunNotice notice, ImportOptions options) {
    this.session = requireNonNull(session, "session is null");
    this.notice = requireNonNull(notice, "notice is null");
    this.options = requireNonNull(options, "options is null");
  }

  ExitStatus run() throws InterruptedException {
    TableImportOptions newTable = options.newTable();
    StoreLocation.Bucket place = place();
    try (TableClients clients = TableClients.open(session.wiring().endpoint());
        AwsImports imports = new AwsImports(session, clients, newTable.aws().maxWait(session))) {
      TableDefinition table = newTable.table(options.table(), new TableDescriber(clients));
      ImportPlan plan =
          imports
              .planner()
              .plan(
                  new ImportRequest(
                      files(place, table), table, OptionalLong.empty(), newTable.beginning()));
      if (options.isDryRun()) {
        notice.silence();
        session.output().show(new TableImportPlanView(plan));
        return ExitStatus.OK;
      }
      plan.notes().forEach(note -> session.output().message("note: " + note));
      return run(imports, plan);
    }
  }

  private ExitStatus run(AwsImports imports, ImportPlan plan) throws InterruptedException {
    List<Outcome<ImportedTable>> outcomes;
    try (ProgressBoard board = ProgressBoard.start(session)) {
      outcomes =
          Outcome.ofEach(
              List.of(plan.tableName()),
              1,
              board.stop(),
              name -> new ImportedTable(imports.run(plan, board.context(name)), Optional.empty()));
    }
    return new ImportedReport(session.output(), notice).print(outcomes);
  }

  private ImportFiles files(StoreLocation.Bucket place, TableDefinition table) {
    List<String> keys =
        Stream.concat(
                Stream.of(table.keySchema().partitionKey()), table.keySchema().sortKey().stream())
            .map(KeyAttribute::name)
            .toList();
    try (ObjectStore bucket =
        session.wiring().openStore(new StoreLocation.Bucket(place.name(), ""))) {
      return FilesInBucket.find(
          bucket,
          place,
          keys,
          new FilesInBucket.Wanted(
              options.importFormat(),
              options.newTable().compression(),
              options.csvColumns(),
              options.newTable().aws().bucketOwner()));
    }
  }

  private StoreLocation.Bucket place() {
    List<String> files = options.files();
    if (files.size() == 1
        && session.wiring().location(files.get(0)) instanceof StoreLocation.Bucket bucket) {
      return bucket;
    }
    throw new DynavaultException(
        ErrorCode.USAGE,
        "unable to import %s with --via import-table: AWS imports from one place in S3"
            .formatted(
                files.size() == 1 ? "'" + files.get(0) + "'" : "from " + files.size() + " places"),
        "give the location of a file or folder, such as s3://bucket/folder; other files are"
            + " imported into a table that exists without --via");
  }
}
