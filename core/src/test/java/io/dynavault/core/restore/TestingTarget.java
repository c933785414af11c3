// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.TestingDynamoDb;
import io.dynavault.core.table.TestingTables;
import io.dynavault.core.time.TestingTime;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A server that restores are sent to: it takes every item, or answers as a test wants. */
final class TestingTarget {
  static final KeyAttribute PK = new KeyAttribute("pk", ScalarType.S);
  static final KeyAttribute SK = new KeyAttribute("sk", ScalarType.N);

  final TestingDynamoDb dynamoDb = new TestingDynamoDb();
  final StopSignal stop = new StopSignal();

  /** Waiting for a budget costs a test no time. */
  final TestingTime time = new TestingTime();

  final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  final TestingTransport transport;

  TestingTarget() {
    this(TestingTarget::takeEverything);
  }

  TestingTarget(BiFunction<String, String, String> answers) {
    this.transport = new TestingTransport(answers);
  }

  static String takeEverything(String operation, String body) {
    return switch (operation) {
      case "BatchWriteItem" -> "{\"UnprocessedItems\":{}}";
      case "PutItem" -> "{}";
      case "Scan" -> "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}";
      default -> throw new AssertionError(operation);
    };
  }

  /** The definition of an on-demand table with this key. */
  static TableDefinition table(String name, KeySchema keys) {
    TableDefinition t = TestingTables.onDemand();
    List<KeyAttribute> attributes = new ArrayList<>(List.of(keys.partitionKey()));
    keys.sortKey().ifPresent(attributes::add);
    return new TableDefinition(
        name,
        "",
        "",
        keys,
        attributes,
        List.of(),
        List.of(),
        t.billingMode(),
        Optional.empty(),
        Optional.empty(),
        t.settings());
  }

  /** The table of a recovery point under another name. */
  static RestoreTarget newTable(RecoveryPoint point, String name) {
    return new RestoreTarget.NewTable(
        TableOverrides.none().withTableName(name).apply(point.table()));
  }

  static RestoreOptions everything() {
    return options(Optional.empty());
  }

  /** All items, by a choice of this fingerprint. */
  static RestoreOptions everything(String choice) {
    return new RestoreOptions(
        2,
        Optional.empty(),
        Optional.empty(),
        ItemSelection.everything(),
        Optional.empty(),
        choice);
  }

  static RestoreOptions options(Optional<UnaryOperator<Item>> transform) {
    return new RestoreOptions(
        2,
        Optional.empty(),
        Optional.empty(),
        ItemSelection.everything(),
        transform,
        ItemsFingerprint.EVERYTHING);
  }

  RestoreResult restore(ExportContent content, RestoreTarget target, RestoreOptions options)
      throws InterruptedException {
    RestoreRequest request = new RestoreRequest(content, target, options);
    return run(request).run(new RestorePlanner(transport.endpoint()).plan(request));
  }

  RestoreRun run(RestoreRequest request) {
    String name = request.target().table().tableName();
    return new RestoreRun(
        request,
        new TargetTable(name, transport, dynamoDb.clients(), pause -> {}, 2),
        (key, reason) -> failures.add(key + ": " + reason),
        new RunContext(
            new Timing(InstantSource.system(), time, new SplittableRandom(1)),
            time,
            new Progress(name),
            stop));
  }

  /** Items that were sent to be written, in the order of arrival. */
  List<String> writes() {
    return transport.requests().stream()
        .filter(request -> request.operation().equals("BatchWriteItem"))
        .map(TestingTransport.Request::body)
        .toList();
  }
}
