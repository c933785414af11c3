// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ResolvedEndpoint;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.format.FormatException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls DynamoDB Streams (DynamoDB Streams API reference, version 2012-08-10). */
public final class HttpStreamClient implements StreamClient {
  /** A thousand pages of a hundred shards; a listing that is longer goes in circles. */
  private static final int MAX_PAGES = 1000;

  private final DynamoDbTransport transport;
  private final InstantSource clock;

  /**
   * @param transport that speaks the protocol of streams; closed with this client
   * @param clock the time where an answer does not say it
   */
  HttpStreamClient(DynamoDbTransport transport, InstantSource clock) {
    this.transport = requireNonNull(transport, "transport is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Opens a client; the first call connects. */
  public static HttpStreamClient open(
      EndpointConfig endpoint, TransportConfig config, Timing timing, TransportCounters counters) {
    return new HttpStreamClient(
        HttpTransport.openStreams(endpoint, config, timing, counters), timing.clock());
  }

  @Override
  public StreamDescription describe(String streamArn) {
    try {
      return pages(streamArn);
    } catch (FormatException e) {
      throw malformed("DescribeStream", e);
    }
  }

  private StreamDescription pages(String streamArn) {
    Map<String, Shard> shards = new LinkedHashMap<>();
    Optional<String> last = Optional.empty();
    Instant begun = Instant.MAX;
    ResponseBuffer buffer = new ResponseBuffer();
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonFields stream = page(streamArn, last, buffer);
      Instant time = serverTime(buffer);
      begun = time.isBefore(begun) ? time : begun;
      for (JsonFields shard : stream.objects("Shards")) {
        Shard listed = shard(shard);
        shards.put(listed.id(), listed);
      }
      last = stream.optionalText("LastEvaluatedShardId");
      if (last.isEmpty()) {
        return new StreamDescription(
            streamArn,
            stream.optionalText("TableName").orElse(""),
            stream.text("StreamStatus"),
            stream.text("StreamViewType"),
            List.copyOf(shards.values()),
            begun);
      }
    }
    throw new FormatException("the answers list shards without an end");
  }

  private JsonFields page(String streamArn, Optional<String> after, ResponseBuffer buffer) {
    call(
        "DescribeStream",
        json -> {
          json.writeStringField("StreamArn", streamArn);
          if (after.isPresent()) {
            json.writeStringField("ExclusiveStartShardId", after.get());
          }
        },
        buffer);
    return answer(buffer).object("StreamDescription");
  }

  private static Shard shard(JsonFields shard) {
    JsonFields range = shard.object("SequenceNumberRange");
    return new Shard(
        shard.text("ShardId"),
        shard.optionalText("ParentShardId"),
        range.optionalText("StartingSequenceNumber").orElse("0"),
        range.optionalText("EndingSequenceNumber"));
  }

  @Override
  public String iterator(String streamArn, String shardId, ShardStart start) {
    ResponseBuffer buffer = new ResponseBuffer(1024);
    call(
        "GetShardIterator",
        json -> {
          json.writeStringField("StreamArn", streamArn);
          json.writeStringField("ShardId", shardId);
          json.writeStringField("ShardIteratorType", start.kind().iteratorType());
          if (start.sequenceNumber().isPresent()) {
            json.writeStringField("SequenceNumber", start.sequenceNumber().get());
          }
        },
        buffer);
    try {
      return answer(buffer).text("ShardIterator");
    } catch (FormatException e) {
      throw malformed("GetShardIterator", e);
    }
  }

  @Override
  public Instant records(String iterator, ResponseBuffer buffer) {
    call("GetRecords", json -> json.writeStringField("ShardIterator", iterator), buffer);
    return serverTime(buffer);
  }

  private Instant serverTime(ResponseBuffer buffer) {
    return buffer.serverTime().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private void call(String operation, JsonDocument.Body request, ResponseBuffer buffer) {
    byte[] body = JsonDocument.write(request);
    try {
      transport.call(operation, body, body.length, buffer);
    } catch (RefusedException e) {
      throw typed(e);
    }
  }

  private static DynavaultException typed(RefusedException refused) {
    String message = refused.getMessage();
    return switch (refused.awsError()) {
      case "ExpiredIteratorException" ->
          new StreamRefusedException(
              StreamRefusedException.Reason.EXPIRED_ITERATOR, message, refused);
      case "TrimmedDataAccessException" ->
          new StreamRefusedException(StreamRefusedException.Reason.TRIMMED, message, refused);
      case "ResourceNotFoundException" ->
          new StreamRefusedException(StreamRefusedException.Reason.NOT_FOUND, message, refused);
      case "LimitExceededException" -> new ThrottledException(message);
      default -> refused;
    };
  }

  private static JsonFields answer(ResponseBuffer buffer) {
    return JsonDocument.read("the answer", Arrays.copyOf(buffer.array(), buffer.length()));
  }

  private DynavaultException malformed(String operation, FormatException cause) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to call %s at '%s': %s"
            .formatted(operation, transport.endpoint(), cause.getMessage()),
        "the endpoint sent a malformed answer; check what it is",
        cause);
  }

  @Override
  public boolean isAws() {
    return ResolvedEndpoint.isAws(transport.endpoint());
  }

  @Override
  public void close() {
    transport.close();
  }
}
