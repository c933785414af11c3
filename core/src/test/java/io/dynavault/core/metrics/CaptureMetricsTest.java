// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.TestingLog;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureMetricsTest {
  private final TestingLog testing = new TestingLog();

  private JsonNode line(Commit commit, Instant now) throws Exception {
    CaptureMetrics metrics =
        new CaptureMetrics("nightly", "orders", commit, Map.of("Environment", "prod"));
    return new JsonMapper().readTree(metrics.line(now));
  }

  @Test
  void tellsTheLagAndWhatHasCome() throws Exception {
    Commit commit = testing.commit(1, 60);

    JsonNode line = line(commit, commit.completeTo().plusSeconds(12));

    assertThat(line.path("ContinuousLag").doubleValue()).isEqualTo(12);
    assertThat(line.path("ContinuousChanges").longValue()).isEqualTo(2);
    assertThat(line.path("ContinuousStoredBytes").longValue()).isEqualTo("content of f1".length());
    assertThat(line.path("TableName").asText()).isEqualTo("orders");
    assertThat(line.path("_aws").path("CloudWatchMetrics").get(0).path("Dimensions"))
        .hasToString("[[\"Environment\"],[\"TableName\"],[\"TableName\",\"Vault\"]]");
  }

  /** Clocks differ: DynamoDB's can be ahead. */
  @Test
  void aLagIsNeverNegative() throws Exception {
    Commit commit = testing.commit(1, 60);

    assertThat(line(commit, commit.completeTo().minusSeconds(3)).path("ContinuousLag").asDouble())
        .isZero();
  }
}
