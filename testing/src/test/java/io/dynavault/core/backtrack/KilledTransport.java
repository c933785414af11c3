// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport that lets some writes through, carries out one more, and is gone. */
final class KilledTransport implements DynamoDbTransport {
  private final DynamoDbTransport transport;
  private final AtomicInteger left;

  KilledTransport(DynamoDbTransport transport, int calls) {
    this.transport = transport;
    this.left = new AtomicInteger(calls);
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    int before = left.getAndDecrement();
    if (before >= 0) {
      transport.call(operation, body, length, response);
    }
    if (before <= 0) {
      throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "killed");
    }
  }

  @Override
  public URI endpoint() {
    return transport.endpoint();
  }

  @Override
  public String region() {
    return transport.region();
  }

  @Override
  public void close() {}
}
