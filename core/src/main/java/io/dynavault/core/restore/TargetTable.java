// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capacity.RateController;
import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableCreator;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSettingsApplier;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.table.TableWaiter;
import io.dynavault.core.table.WaitListener;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.write.FailureListener;
import io.dynavault.core.write.TableWriter;
import io.dynavault.core.write.WriteCounters;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScanPage;
import io.dynavault.format.item.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The table that a restore writes to, and the ways to it.
 *
 * @param workers segments read at the same time where the table has to be read
 */
public record TargetTable(
    String name, DynamoDbTransport transport, TableClients clients, Sleeper sleeper, int workers) {
  /** How long every single request may be throttled before the restore gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How long a table may take to become active; large indexes take their time. */
  private static final Duration CREATION = Duration.ofMinutes(30);

  public TargetTable {
    requireNonNull(name, "name is null");
    requireNonNull(transport, "transport is null");
    requireNonNull(clients, "clients is null");
    requireNonNull(sleeper, "sleeper is null");
  }

  /**
   * Creates the table and waits until it can be written.
   *
   * @param onCreated told of it before the wait
   * @param stop ends the wait
   */
  void create(TableDefinition table, Consumer<RestoreRecord.Target> onCreated, StopSignal stop) {
    new TableCreator(clients, waiter(stop))
        .create(
            table,
            created ->
                onCreated.accept(
                    new RestoreRecord.Target(
                        table.tableName(), created.tableArn(), created.tableId())),
            WaitListener.silent());
  }

  TableSnapshot describe() {
    return new TableDescriber(clients).describe(name);
  }

  /** Waits for a table that another run has created. */
  void awaitActive(StopSignal stop) {
    waiter(stop).untilActive(name, WaitListener.silent());
  }

  List<SettingOutcome> applySettings(TableDefinition table, StopSignal stop) {
    return new TableSettingsApplier(clients, waiter(stop), sleeper)
        .apply(table, WaitListener.silent());
  }

  /** Fails with {@code TABLE_NOT_EMPTY} if the table has any item. */
  void requireEmpty(RunContext context) throws InterruptedException {
    if (hasItems(context)) {
      throw new DynavaultException(
          ErrorCode.TABLE_NOT_EMPTY,
          "unable to restore to table '" + name + "': it has items",
          "say what to do with them with --on-conflict overwrite, skip, fail, identical or clear;"
              + " or restore into a new table with --target-table");
    }
  }

  /** An empty page is not an empty table: it may only be the end of a stretch without items. */
  private boolean hasItems(RunContext context) throws InterruptedException {
    ResponseBuffer response = new ResponseBuffer();
    ScanPage page = new ScanPage();
    String position = "";
    while (true) {
      String request =
          "{\"TableName\":\"%s\",\"Limit\":1,\"ConsistentRead\":true%s}".formatted(name, position);
      byte[] body = request.getBytes(StandardCharsets.UTF_8);
      call("Scan", body, response, context);
      parse(page, response);
      if (page.itemCount() > 0 || !page.hasLastEvaluatedKey()) {
        return page.itemCount() > 0;
      }
      String before = position;
      position =
          ",\"ExclusiveStartKey\":"
              + new String(
                  response.array(),
                  page.lastEvaluatedKeyOffset(),
                  page.lastEvaluatedKeyLength(),
                  StandardCharsets.UTF_8);
      if (position.equals(before)) {
        throw malformed(new FormatException("LastEvaluatedKey leads back to the same page"));
      }
    }
  }

  private void parse(ScanPage page, ResponseBuffer response) {
    try {
      page.parse(response.array(), response.length());
    } catch (FormatException e) {
      throw malformed(e);
    }
  }

  private DynavaultException malformed(FormatException cause) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to read table '" + name + "': " + cause.getMessage(),
        "the endpoint sent a malformed answer; nothing was written: run again",
        cause);
  }

  /**
   * Fails with {@code ACCESS_DENIED} if items cannot be written, by deleting an item that no table
   * has: found out before anything was deleted that could not be written again.
   */
  void requireWritable(KeyReader keys, RunContext context) throws InterruptedException {
    RandomGenerator random = context.timing().random();
    KeySchema schema = keys.schema();
    ItemKey nobody =
        new ItemKey(
            chance(schema.partitionKey(), random),
            schema.sortKey().map(sort -> chance(sort, random)));
    String key = new String(DynamoDbJson.encode(keys.attributes(nobody)), StandardCharsets.UTF_8);
    byte[] request =
        ("{\"RequestItems\":{\"" + name + "\":[{\"DeleteRequest\":{\"Key\":" + key + "}}]}}")
            .getBytes(StandardCharsets.UTF_8);
    call("BatchWriteItem", request, new ResponseBuffer(), context);
  }

  /** A single request; a table that is busy now need not be so in a minute. */
  private void call(String operation, byte[] body, ResponseBuffer response, RunContext context)
      throws InterruptedException {
    RateController rate = rate(OptionalDouble.empty(), context);
    for (int attempt = 1; ; attempt++) {
      rate.acquire(0);
      try {
        transport.call(operation, body, body.length, response);
        return;
      } catch (ThrottledException e) {
        context.progress().addThrottle();
        rate.throttled(attempt, 0);
      }
    }
  }

  private static Value chance(KeyAttribute attribute, RandomGenerator random) {
    String digits =
        Long.toUnsignedString(random.nextLong()) + Long.toUnsignedString(random.nextLong() >>> 2);
    return switch (attribute.type()) {
      case S -> new Value.S("dynavault-" + digits);
      case N -> new Value.N("1" + digits.substring(0, Math.min(digits.length(), 37)));
      case B -> new Value.B(("dynavault-" + digits).getBytes(StandardCharsets.US_ASCII));
    };
  }

  /**
   * Reads the whole table, consistently.
   *
   * @param table whose capacity is shared with its users
   * @param readCapacity how much of it may be used; empty takes the default
   */
  public TableScan scan(
      TableDefinition table, Optional<CapacityBudget> readCapacity, RunContext context) {
    OptionalDouble budget = TableCapacity.readBudget(table, readCapacity, transport.endpoint());
    return new TableScan(
        transport,
        ScanQuery.all(name, true),
        rate(budget, context),
        budget,
        0,
        0,
        workers,
        context);
  }

  TableWriter writer(
      OptionalDouble unitsPerSecond,
      KeyReader keys,
      WriteCounters counters,
      FailureListener failures,
      RunContext context) {
    return new TableWriter(
        transport, name, keys, rate(unitsPerSecond, context), counters, failures);
  }

  private TableWaiter waiter(StopSignal stop) {
    return new TableWaiter(clients, sleeper, CREATION, stop);
  }

  private static RateController rate(OptionalDouble unitsPerSecond, RunContext context) {
    return new RateController(
        unitsPerSecond,
        PATIENCE,
        context.ticker(),
        context.timing().sleeper(),
        context.timing().random(),
        context.stop());
  }
}
