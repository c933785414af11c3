// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets some calls through and fails all that follow. */
final class CountingTransport implements DynamoDbTransport {
  private final DynamoDbTransport inner;
  private final int allowed;
  private final AtomicInteger calls = new AtomicInteger();

  CountingTransport(DynamoDbTransport inner, int allowed) {
    this.inner = inner;
    this.allowed = allowed;
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    int call = calls.incrementAndGet();
    if (call > allowed) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE, "call " + (allowed + 1) + " fails");
    }
    inner.call(operation, body, length, response);
  }

  @Override
  public URI endpoint() {
    return inner.endpoint();
  }

  @Override
  public String region() {
    return inner.region();
  }

  @Override
  public void close() {}
}
