// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.lambda.host.Event;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a stream's event (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
 * DynamoDB"): some of one shard, which the event does not name, in their order.
 *
 * @param records at least one
 */
record StreamBatch(String streamArn, String tableName, List<StreamRecord> records) {
  private static final String RECORDS = "Records";
  private static final String TABLE = ":table/";
  private static final String STREAM = "/stream/";

  StreamBatch {
    requireNonNull(streamArn, "streamArn is null");
    requireNonNull(tableName, "tableName is null");
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch without a record");
    }
  }

  /**
   * What is known of a record.
   *
   * @param time the second in which the change was made, by DynamoDB's clock
   */
  record StreamRecord(String sequenceNumber, Instant time) {
    StreamRecord {
      requireNonNull(sequenceNumber, "sequenceNumber is null");
      requireNonNull(time, "time is null");
    }
  }

  /** Whether the event is one of an event source mapping. */
  static boolean isIn(Event event) {
    return event.json().has(RECORDS);
  }

  /**
   * Reads the records.
   *
   * @throws DynavaultException {@code USAGE} if the event is not one of a DynamoDB stream
   */
  static StreamBatch of(Event event) {
    List<StreamRecord> records = new ArrayList<>();
    String arn = "";
    for (JsonNode record : event.json().path(RECORDS)) {
      String source = text(record, "eventSourceARN");
      if (!arn.isEmpty() && !source.equals(arn)) {
        throw invalid("its records are of several streams");
      }
      arn = source;
      records.add(record(record.path("dynamodb")));
    }
    if (records.isEmpty()) {
      throw invalid("it has no records");
    }
    return new StreamBatch(arn, tableName(arn), records);
  }

  private static StreamRecord record(JsonNode change) {
    JsonNode time = change.path("ApproximateCreationDateTime");
    if (!time.isNumber()) {
      throw invalid("a record has no ApproximateCreationDateTime");
    }
    long second = time.decimalValue().setScale(0, RoundingMode.FLOOR).longValue();
    return new StreamRecord(text(change, "SequenceNumber"), Instant.ofEpochSecond(second));
  }

  private static String tableName(String arn) {
    int table = arn.indexOf(TABLE);
    int stream = arn.indexOf(STREAM);
    if (!arn.contains(":dynamodb:") || table < 0 || stream <= table + TABLE.length()) {
      throw invalid("'" + arn + "' is not the ARN of a table's stream");
    }
    return arn.substring(table + TABLE.length(), stream);
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asText("");
    if (text.isEmpty()) {
      throw invalid("a record has no " + field);
    }
    return text;
  }

  private static DynavaultException invalid(String reason) {
    return new DynavaultException(
        ErrorCode.USAGE,
        "unable to use the event: " + reason,
        "let an event source mapping of a table's stream, or a schedule, invoke the function");
  }
}
