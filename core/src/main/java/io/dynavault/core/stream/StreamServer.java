// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import java.time.Duration;
import java.time.Instant;

/** What answers for a stream: servers differ in how long a record is on its way to the reader. */
enum StreamServer {
  /**
   * Near real time, in Amazon's words, which give no figure (DynamoDB Developer Guide, "Change data
   * capture for DynamoDB Streams").
   */
  AWS(Duration.ofSeconds(3)),

  /** A change is in its stream by the time that its request is answered. */
  DYNAMODB_LOCAL(Duration.ofSeconds(1)),

  /**
   * ScyllaDB's Alternator hands out nothing that is younger than 10 seconds, unless it is told
   * otherwise ({@code alternator_streams_time_window_s}); its nodes have a clock each.
   */
  OTHER(Duration.ofSeconds(12));

  /** The region that DynamoDB Local's ARNs have. */
  private static final String LOCAL_REGION = ":ddblocal:";

  private final Duration onItsWay;

  StreamServer(Duration onItsWay) {
    this.onItsWay = onItsWay;
  }

  static StreamServer of(StreamClient client, String streamArn) {
    if (client.isAws()) {
      return AWS;
    }
    return streamArn.contains(LOCAL_REGION) ? DYNAMODB_LOCAL : OTHER;
  }

  /** What has arrived for sure: less than the server's time by what may be on its way. */
  Instant arrivedBy(Instant serverTime) {
    return serverTime.minus(onItsWay);
  }
}
