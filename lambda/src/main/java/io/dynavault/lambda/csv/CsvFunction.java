// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.csv;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.load.LoadConflict;
import io.dynavault.core.load.LoadFormat;
import io.dynavault.core.load.LoadOptions;
import io.dynavault.core.load.LoadPlan;
import io.dynavault.core.load.LoadPlanner;
import io.dynavault.core.load.LoadRequest;
import io.dynavault.core.load.LoadResult;
import io.dynavault.core.load.LoadRun;
import io.dynavault.core.load.LoadSource;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.format.export.Compression;
import io.dynavault.lambda.host.Answer;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads CSV files into a table. A file with a row that cannot be an item is refused as a whole, and
 * these rows are listed: a table that has some of a file is worse than one that has none.
 */
public final class CsvFunction {
  private static final int WORKERS = 4;
  private static final int MOST_LISTED = 100;

  private final Host host;

  public CsvFunction(Host host) {
    this.host = requireNonNull(host, "host is null");
  }

  /**
   * Loads; the same rows once more change nothing.
   *
   * @throws DynavaultException where settings, event or table are at fault
   */
  public Answer handle(Invocation invocation) throws InterruptedException {
    Settings settings = new Settings(host.variables());
    Report report = new Report(host, settings, Notification.Operation.IMPORT);
    try {
      return load(invocation, settings, report);
    } catch (DynavaultException e) {
      report.sendFailure(invocation, e);
      throw e;
    }
  }

  private Answer load(Invocation invocation, Settings settings, Report report)
      throws InterruptedException {
    String tableName = settings.required("CSV_TABLE");
    List<CsvFile> files = CsvFile.of(invocation.event(), settings);
    List<Loaded> loaded = new ArrayList<>();
    try (TableClients clients = TableClients.open(host.endpoint());
        DynamoDbTransport transport =
            HttpTransport.open(
                host.endpoint(),
                TransportConfig.forThreads(WORKERS),
                invocation.timing(),
                new TransportCounters())) {
      TableDefinition table = new TableDescriber(clients).describe(tableName).definition();
      for (CsvFile file : files) {
        loaded.add(load(file, table, transport, invocation));
      }
    }
    if (!files.isEmpty()) {
      report.send(invocation, Optional.empty(), List.of(line(tableName, loaded)), Map.of());
    }
    return answer(tableName, settings.text("ENVIRONMENT", "unknown"), loaded);
  }

  /**
   * What became of a file.
   *
   * @param rows that have failed, with their places
   */
  private record Loaded(
      CsvFile file, long read, long written, ArrayNode rows, Optional<DynavaultException> failure) {
    boolean complete() {
      return failure.isEmpty() && rows.isEmpty();
    }
  }

  private Loaded load(
      CsvFile file, TableDefinition table, DynamoDbTransport transport, Invocation invocation)
      throws InterruptedException {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    RunContext context = invocation.context(table.tableName());
    try (LoadSource source = open(file)) {
      LoadOptions options = LoadOptions.of(LoadFormat.CSV, LoadConflict.OVERWRITE, WORKERS);
      LoadRequest request = new LoadRequest(table, List.of(source), options);
      LoadPlan plan =
          new LoadPlanner(request, transport.endpoint(), context)
              .plan((place, reason) -> list(rows, "row", place, reason));
      LoadResult result =
          new LoadRun(request, transport, (key, reason) -> list(rows, "key", key, reason), context)
              .run(plan);
      return new Loaded(file, result.read(), result.written(), rows, Optional.empty());
    } catch (DynavaultException e) {
      return new Loaded(file, 0, 0, rows, Optional.of(e));
    }
  }

  private static void list(ArrayNode rows, String what, String value, String reason) {
    synchronized (rows) {
      if (rows.size() < MOST_LISTED) {
        rows.addObject().put(what, value).put("reason", reason);
      }
    }
  }

  private LoadSource open(CsvFile file) {
    try (ObjectStore store = host.openStore(new StoreLocation.Bucket(file.bucket(), ""));
        ObjectDownload content = store.read(file.key())) {
      return LoadSource.spool(content, file.toString(), Compression.ofFileName(file.key()));
    }
  }

  private static TableLine line(String tableName, List<Loaded> loaded) {
    long written = loaded.stream().mapToLong(Loaded::written).sum();
    long complete = loaded.stream().filter(Loaded::complete).count();
    Notification.Result result =
        complete == loaded.size()
            ? Notification.Result.SUCCESS
            : written > 0 ? Notification.Result.PARTIAL : Notification.Result.FAILURE;
    TableLine line = TableLine.of(tableName, result).withItems(written);
    return loaded.stream()
        .flatMap(one -> one.failure().stream())
        .findFirst()
        .map(e -> line.withFailure(Failure.of(e)))
        .orElse(line);
  }

  private static Answer answer(String tableName, String environment, List<Loaded> loaded) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("environment", environment);
    body.put("table_name", tableName);
    body.put("total_rows", loaded.stream().mapToLong(Loaded::read).sum());
    body.put("total_items_written", loaded.stream().mapToLong(Loaded::written).sum());
    ArrayNode files = body.putArray("files");
    for (Loaded one : loaded) {
      ObjectNode file = files.addObject().put("file", one.file().toString());
      file.put("rows", one.read()).put("items_written", one.written());
      file.put("status", one.complete() ? "COMPLETED" : "FAILED");
      file.set("failed_rows", one.rows());
      one.failure().ifPresent(e -> Answer.describe(e, file));
    }
    long complete = loaded.stream().filter(Loaded::complete).count();
    long some = loaded.stream().filter(one -> one.written() > 0).count();
    return new Answer(Answer.statusCode(Math.max(complete, some), loaded.size() - complete), body);
  }
}
