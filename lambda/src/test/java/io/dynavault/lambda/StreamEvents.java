// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.TestingServers;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads a table's stream as an event source mapping does, and makes events of its records. */
final class StreamEvents implements AutoCloseable {
  private final DynamoDbStreamsClient client =
      DynamoDbStreamsClient.builder()
          .endpointOverride(TestingServers.dynamoDb().endpoint())
          .region(TestingServers.region())
          .credentialsProvider(TestingServers.credentialsProvider())
          .build();

  /** All records that the table's stream has now. */
  List<ObjectNode> records(String table) {
    String arn =
        TestingServers.dynamoDbClient()
            .describeTable(b -> b.tableName(table))
            .table()
            .latestStreamArn();
    List<ObjectNode> records = new ArrayList<>();
    client
        .describeStream(b -> b.streamArn(arn))
        .streamDescription()
        .shards()
        .forEach(shard -> add(arn, shard.shardId(), records));
    return records;
  }

  private void add(String arn, String shard, List<ObjectNode> records) {
    String iterator =
        client
            .getShardIterator(
                b ->
                    b.streamArn(arn)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    List<Record> page;
    do {
      String at = iterator;
      var answer = client.getRecords(b -> b.shardIterator(at));
      page = answer.records();
      page.forEach(record -> records.add(json(arn, record)));
      iterator = answer.nextShardIterator();
    } while (iterator != null && !page.isEmpty());
  }

  /** As Lambda writes it (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB"). */
  private static ObjectNode json(String arn, Record record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("eventID", record.eventID())
        .put("eventName", record.eventNameAsString())
        .put("eventVersion", record.eventVersion())
        .put("eventSource", record.eventSource())
        .put("awsRegion", record.awsRegion());
    ObjectNode change = json.putObject("dynamodb");
    change.put(
        "ApproximateCreationDateTime",
        record.dynamodb().approximateCreationDateTime().getEpochSecond());
    ObjectNode keys = change.putObject("Keys");
    record.dynamodb().keys().forEach((name, value) -> keys.putObject(name).put("S", value.s()));
    change
        .put("SequenceNumber", record.dynamodb().sequenceNumber())
        .put("SizeBytes", record.dynamodb().sizeBytes())
        .put("StreamViewType", record.dynamodb().streamViewTypeAsString());
    return json.put("eventSourceARN", arn);
  }

  /**
   * The same records as they come some minutes later. DynamoDB Local tells minutes only, so that
   * sooner nobody knows what a commit of another process promises of them.
   */
  static List<ObjectNode> later(List<ObjectNode> records) {
    return records.stream().map(StreamEvents::minutesEarlier).toList();
  }

  private static ObjectNode minutesEarlier(ObjectNode record) {
    ObjectNode copy = record.deepCopy();
    ObjectNode change = (ObjectNode) copy.path("dynamodb");
    long time = change.path("ApproximateCreationDateTime").asLong();
    change.put("ApproximateCreationDateTime", time - 120);
    return copy;
  }

  /** An event with these records. */
  static String event(List<ObjectNode> records) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode array = event.putArray("Records");
    records.forEach(array::add);
    return event.toString();
  }

  static String number(ObjectNode record) {
    return record.path("dynamodb").path("SequenceNumber").asText();
  }

  @Override
  public void close() {
    client.close();
  }
}
