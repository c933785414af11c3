// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.util.concurrent.atomic.LongAdder;

/** What a transport did, for the result of a run. Safe for use by several threads. */
public final class TransportCounters {
  private final LongAdder requests = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder throttles = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();

  /**
   * The counts at one moment.
   *
   * @param requests requests sent, retries included
   * @param retries requests sent again after a transport fault
   * @param throttles answers that asked to slow down
   * @param bytesSent bytes of request bodies
   * @param bytesReceived bytes of response bodies
   */
  public record Snapshot(
      long requests, long retries, long throttles, long bytesSent, long bytesReceived) {}

  public Snapshot snapshot() {
    return new Snapshot(
        requests.sum(), retries.sum(), throttles.sum(), bytesSent.sum(), bytesReceived.sum());
  }

  void sent(int bytes) {
    requests.increment();
    bytesSent.add(bytes);
  }

  void received(int bytes) {
    bytesReceived.add(bytes);
  }

  void retried() {
    retries.increment();
  }

  void throttled() {
    throttles.increment();
  }
}
