// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The clock of DynamoDB, by which changes are dated: it says the second that has begun. Each look
 * is a call of DescribeTable, which costs no capacity.
 */
public final class ServerClock implements InstantSource {
  private final DynamoDbTransport transport;
  private final byte[] request;
  private final InstantSource clock;

  /**
   * @param transport stays the caller's to close
   * @param table one that exists: its name needs no escapes
   * @param clock the time where an answer does not say it
   */
  public ServerClock(DynamoDbTransport transport, String table, InstantSource clock) {
    this.transport = requireNonNull(transport, "transport is null");
    this.request = "{\"TableName\":\"%s\"}".formatted(table).getBytes(UTF_8);
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Instant instant() {
    ResponseBuffer answer = new ResponseBuffer();
    transport.call("DescribeTable", request, request.length, answer);
    return answer.serverTime().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}
