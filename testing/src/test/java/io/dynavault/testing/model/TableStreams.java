// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.stream.StreamDescription;
import io.dynavault.core.stream.StreamRefusedException;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.testing.stream.ScriptedStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** All streams that a table has had. Each call is announced before it is made. */
final class TableStreams implements StreamClient {
  private final Map<String, ScriptedStream> streams;
  private final Runnable announced;

  TableStreams() {
    this(new LinkedHashMap<>(), () -> {});
  }

  private TableStreams(Map<String, ScriptedStream> streams, Runnable announced) {
    this.streams = streams;
    this.announced = announced;
  }

  /** The same streams, as another process sees them. */
  TableStreams announcedTo(Runnable other) {
    return new TableStreams(streams, other);
  }

  void add(String arn, ScriptedStream stream) {
    synchronized (streams) {
      streams.put(arn, stream);
    }
  }

  private ScriptedStream stream(String arn) {
    announced.run();
    synchronized (streams) {
      ScriptedStream stream = streams.get(arn);
      if (stream == null) {
        throw new StreamRefusedException(StreamRefusedException.Reason.NOT_FOUND, "none: " + arn);
      }
      return stream;
    }
  }

  @Override
  public StreamDescription describe(String streamArn) {
    return stream(streamArn).describe(streamArn);
  }

  @Override
  public String iterator(String streamArn, String shardId, ShardStart start) {
    return stream(streamArn).iterator(streamArn, shardId, start);
  }

  @Override
  public Instant records(String iterator, ResponseBuffer buffer) {
    return stream(iterator.substring(0, iterator.indexOf('|'))).records(iterator, buffer);
  }

  @Override
  public boolean isAws() {
    return true;
  }

  @Override
  public void close() {}
}
