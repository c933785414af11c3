// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.aws.StubWorld;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.format.export.Compression;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A stub of AWS with files in a bucket. */
final class ImportWorld implements AutoCloseable {
  static final String BUCKET = "acme-files";
  static final String TABLE = "OrdersCopy";
  static final KeySchema KEYS = KeySchema.of(new KeyAttribute("pk", ScalarType.S));

  final StubWorld aws = new StubWorld();
  final ObjectStore bucket = new BucketStore(MemoryStore.isolated(aws.stub.clock()));

  /** Says that it is the root of a bucket. */
  private static final class BucketStore extends ForwardingStore {
    BucketStore(ObjectStore store) {
      super(store);
    }

    @Override
    public URI location() {
      return URI.create("s3://" + BUCKET);
    }
  }

  ImportWorld() {
    aws.stub.bucket(BUCKET, bucket);
  }

  void put(String key, String content) {
    bucket.put(key, content.getBytes(UTF_8));
  }

  /** Lines of as many items. */
  static String lines(int items) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, items)
        .forEach(
            i -> lines.append("{\"Item\":{\"pk\":{\"S\":\"order#").append(i).append("\"}}}\n"));
    return lines.toString();
  }

  static ImportFiles files(String prefix) {
    return files(BUCKET, prefix);
  }

  static ImportFiles files(String bucket, String prefix) {
    return new ImportFiles(
        bucket,
        prefix,
        Optional.empty(),
        ImportFormat.DYNAMODB_JSON,
        Compression.NONE,
        CsvColumns.defaults(),
        1,
        100);
  }

  static TableDefinition table() {
    return TableOverrides.builder()
        .tags(Map.of("team", "shop"))
        .tableClass("STANDARD_INFREQUENT_ACCESS")
        .protectFromDeletion()
        .build()
        .apply(TableDefinition.onDemand(TABLE, KEYS));
  }

  static ImportRequest request(ImportFiles files) {
    return new ImportRequest(
        files,
        TableDefinition.onDemand(TABLE, KEYS),
        OptionalLong.empty(),
        ImportRequest.Beginning.NEW);
  }

  static ImportRequest resumed(ImportRequest request) {
    return new ImportRequest(
        request.files(), request.table(), request.expectedItems(), ImportRequest.Beginning.RESUMED);
  }

  Imports imports() {
    return new Imports(aws.client, aws.calls());
  }

  ImportPlan plan(ImportRequest request) throws InterruptedException {
    return new ImportPlanner(aws.client, aws.calls()).plan(request);
  }

  ImportRun newRun() {
    return newRun(Duration.ofHours(2));
  }

  ImportRun newRun(Duration maxWait) {
    return new ImportRun(
        aws.tables,
        aws.calls(),
        new ErrorLogReader(aws.clients::logs, aws.calls()),
        maxWait,
        aws.context());
  }

  ImportResult run(ImportRequest request) throws InterruptedException {
    return newRun().run(plan(request));
  }

  List<String> keysOf(String table) {
    return aws.client.scan(b -> b.tableName(table)).items().stream()
        .map(item -> item.get("pk").s())
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    aws.close();
  }
}
