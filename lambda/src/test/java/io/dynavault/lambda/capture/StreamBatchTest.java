// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.lambda.host.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamBatchTest {
  private static final String ARN =
      "arn:aws:dynamodb:us-east-1:123456789012:table/a.b-c_d/stream/2026-11-21T09:30:00.123";
  private static final String RECORD =
      """
      {"eventID":"1","eventName":"INSERT","eventSourceARN":"%s","dynamodb":{"Keys":{},\
      "ApproximateCreationDateTime":%s,"SequenceNumber":"4421584500000000017450439091"}}\
      """;

  private static StreamBatch parse(String... records) throws IOException {
    return StreamBatch.of(event("{\"Records\":[" + String.join(",", records) + "]}"));
  }

  private static Event event(String json) throws IOException {
    return Event.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1795253400", "1795253400.0", "1.7952534E9", "1795253400.999"})
  void readsTheSecondOfARecordHoweverItIsWritten(String time) throws IOException {
    StreamBatch batch = parse(RECORD.formatted(ARN, time));

    assertThat(batch.tableName()).isEqualTo("a.b-c_d");
    assertThat(batch.streamArn()).isEqualTo(ARN);
    assertThat(batch.records())
        .containsExactly(
            new StreamBatch.StreamRecord(
                "4421584500000000017450439091", Instant.parse("2026-11-21T09:30:00Z")));
  }

  @Test
  void refusesWhatIsNoStreamOfATable() {
    for (String arn :
        new String[] {
          "",
          "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
          "arn:aws:dynamodb:us-east-1:123456789012:table/orders",
          "arn:aws:dynamodb:us-east-1:123456789012:table//stream/2026"
        }) {
      assertThatThrownBy(() -> parse(RECORD.formatted(arn, "1")))
          .as(arn)
          .isInstanceOf(DynavaultException.class);
    }
  }

  @Test
  void refusesRecordsThatItCannotAnswerFor() {
    String good = RECORD.formatted(ARN, "1");
    assertThatThrownBy(() -> parse()).hasMessageContaining("no records");
    assertThatThrownBy(() -> parse(good, good.replace("table/a", "table/b")))
        .hasMessageContaining("several streams");
    assertThatThrownBy(() -> parse(good.replace("SequenceNumber", "Number")))
        .hasMessageContaining("SequenceNumber");
    assertThatThrownBy(() -> parse(good.replace("Approximate", "Exact")))
        .hasMessageContaining("ApproximateCreationDateTime");
  }

  @Test
  void aScheduleIsNoBatch() throws IOException {
    assertThat(StreamBatch.isIn(event("{\"tables\":[\"orders\"]}"))).isFalse();
    assertThat(StreamBatch.isIn(event("{\"Records\":[]}"))).isTrue();
  }

  @Test
  void answersInTheFormThatLambdaUnderstands() {
    assertThat(BatchFailures.none().toJson()).hasToString("{\"batchItemFailures\":[]}");
    assertThat(BatchFailures.from("442").toJson())
        .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"442\"}]}");
    assertThat(BatchFailures.whole().toJson())
        .as("an empty identifier fails the whole batch")
        .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}");
  }
}
