// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.transport.TestingTransport.Request;
import io.dynavault.core.transport.ThrottledException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpStreamClientTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30.999Z");
  private static final String ARN = "arn:aws:dynamodb:us-east-1:1:table/orders/stream/2026";

  private static final String FIRST_PAGE =
      """
      {"StreamDescription":{"StreamArn":"%s","StreamStatus":"ENABLED","TableName":"orders",
       "StreamViewType":"NEW_AND_OLD_IMAGES","CreationRequestDateTime":1.767323045E9,
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "Shards":[
        {"ShardId":"shardId-1","ParentShardId":"shardId-0",
         "SequenceNumberRange":{"StartingSequenceNumber":"100000000000000000001",
          "EndingSequenceNumber":"100000000000000000009"}}],
       "LastEvaluatedShardId":"shardId-1"}}\
      """
          .formatted(ARN);

  private static final String SECOND_PAGE =
      """
      {"StreamDescription":{"StreamArn":"%s","StreamStatus":"ENABLED","TableName":"orders",
       "StreamViewType":"NEW_AND_OLD_IMAGES",
       "Shards":[
        {"ShardId":"shardId-2",
         "SequenceNumberRange":{"StartingSequenceNumber":"100000000000000000010"}}]}}\
      """
          .formatted(ARN);

  private static HttpStreamClient client(TestingTransport transport) {
    return new HttpStreamClient(transport, InstantSource.fixed(NOW));
  }

  private static HttpStreamClient client(BiFunction<String, String, String> answers) {
    return client(new TestingTransport(answers));
  }

  @Test
  void describesAStreamOverAllPages() {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> body.contains("ExclusiveStart") ? SECOND_PAGE : FIRST_PAGE);
    StreamDescription stream = client(transport).describe(ARN);
    assertThat(stream.shards())
        .containsExactly(
            new Shard(
                "shardId-1",
                Optional.of("shardId-0"),
                "100000000000000000001",
                Optional.of("100000000000000000009")),
            new Shard("shardId-2", Optional.empty(), "100000000000000000010", Optional.empty()));
    assertThat(stream.tableName()).isEqualTo("orders");
    assertThat(stream.viewType()).isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(stream.isOn()).isTrue();
    assertThat(stream.serverTime()).isEqualTo(Instant.parse("2026-11-21T10:15:30Z"));
    assertThat(transport.requests())
        .containsExactly(
            new Request("DescribeStream", "{\"StreamArn\":\"" + ARN + "\"}"),
            new Request(
                "DescribeStream",
                "{\"StreamArn\":\"" + ARN + "\",\"ExclusiveStartShardId\":\"shardId-1\"}"));
  }

  @Test
  void refusesAListingThatGoesInCircles() {
    assertThatThrownBy(() -> client((operation, body) -> FIRST_PAGE).describe(ARN))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining("without an end");
  }

  @Test
  void asksForIteratorsByPlace() {
    TestingTransport transport =
        new TestingTransport((operation, body) -> "{\"ShardIterator\":\"it-1\"}");
    HttpStreamClient client = client(transport);
    assertThat(client.iterator(ARN, "shardId-1", ShardStart.at("100000000000000000007")))
        .isEqualTo("it-1");
    client.iterator(ARN, "shardId-1", ShardStart.of(ShardStart.Kind.LATEST));
    String shard = "{\"StreamArn\":\"" + ARN + "\",\"ShardId\":\"shardId-1\",";
    assertThat(transport.requests())
        .containsExactly(
            new Request(
                "GetShardIterator",
                shard
                    + "\"ShardIteratorType\":\"AT_SEQUENCE_NUMBER\","
                    + "\"SequenceNumber\":\"100000000000000000007\"}"),
            new Request("GetShardIterator", shard + "\"ShardIteratorType\":\"LATEST\"}"));
  }

  @Test
  void givesTheBytesOfRecords() {
    ResponseBuffer buffer = new ResponseBuffer();
    TestingTransport transport = new TestingTransport((operation, body) -> "{\"Records\":[]}");
    client(transport).records("it-1", buffer);
    assertThat(new String(buffer.array(), 0, buffer.length(), UTF_8)).isEqualTo("{\"Records\":[]}");
    assertThat(transport.requests())
        .containsExactly(new Request("GetRecords", "{\"ShardIterator\":\"it-1\"}"));
  }

  private static DynavaultException failure(String awsError) {
    HttpStreamClient client =
        client(
            (operation, body) -> {
              throw new RefusedException(ErrorCode.REQUEST_REFUSED, awsError, "unable to call");
            });
    return catchThrowableOfType(
        DynavaultException.class, () -> client.records("it-1", new ResponseBuffer()));
  }

  @ParameterizedTest
  @EnumSource(StreamRefusedException.Reason.class)
  void saysWhyAReaderWasRefused(StreamRefusedException.Reason reason) {
    String awsError =
        switch (reason) {
          case EXPIRED_ITERATOR -> "ExpiredIteratorException";
          case TRIMMED -> "TrimmedDataAccessException";
          case NOT_FOUND -> "ResourceNotFoundException";
        };
    assertThat(failure(awsError))
        .isInstanceOfSatisfying(
            StreamRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  @Test
  void aLimitIsThrottlingAndOtherErrorsStayWhatTheyAre() {
    assertThat(failure("LimitExceededException")).isInstanceOf(ThrottledException.class);
    assertThat(failure("ValidationException"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.awsError()).isEqualTo("ValidationException"));
  }

  @Test
  void malformedAnswersAreTheEndpointsFault() {
    HttpStreamClient client = client((operation, body) -> "{\"StreamDescription\":{}}");
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> client.describe(ARN));
    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("DescribeStream");
  }
}
