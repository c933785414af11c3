// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.core.transport.ResponseBuffer;
import java.time.Instant;

/**
 * Reads streams of one endpoint. Safe for use by several threads, each with its own {@link
 * ResponseBuffer}. Every operation throws {@link io.dynavault.core.transport.ThrottledException}
 * when the server asks to slow down, and {@link StreamRefusedException} for what a reader has an
 * answer to.
 */
public interface StreamClient extends AutoCloseable {

  /** The stream with all its shards, of as many pages as it takes. */
  StreamDescription describe(String streamArn);

  /** An iterator, good for 15 minutes, that begins at a place of a shard. */
  String iterator(String streamArn, String shardId, ShardStart start);

  /**
   * Reads the records at an iterator.
   *
   * @param buffer receives the answer, which {@link io.dynavault.format.item.StreamPage} parses
   * @return the server's time of the answer, in whole seconds, rounded down
   */
  Instant records(String iterator, ResponseBuffer buffer);

  /**
   * Whether AWS answers: it gives times to the second and limits how often a shard is read. Other
   * servers may do neither.
   */
  boolean isAws();

  @Override
  void close();
}
