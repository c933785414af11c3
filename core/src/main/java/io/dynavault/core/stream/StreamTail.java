// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import java.time.Instant;
import java.util.Map;

public final class StreamTail {
  private StreamTail() {}

  public static StreamTail begin(StreamClient client, String streamArn, TailSettings settings)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  public static StreamTail resume(
      StreamClient client,
      String streamArn,
      Map<String, ShardPosition> positions,
      Instant completeTo,
      TailSettings settings) {
    throw new UnsupportedOperationException();
  }

  public Round poll(RecordSink sink) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  public Map<String, ShardPosition> positions() {
    throw new UnsupportedOperationException();
  }

  public Instant completeTo() {
    throw new UnsupportedOperationException();
  }
}
