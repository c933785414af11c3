// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.format.item.StreamPage;

/**
 * Takes the records of a stream: those of one shard in order, one call at a time. What it has
 * returned for is read: it is not handed on again, and the tail's positions lie behind it.
 */
@FunctionalInterface
public interface RecordSink {
  /**
   * @param page good only during the call
   * @param timeMicros when the change was made, in microseconds of the epoch; never less than that
   *     of the shard's record before
   */
  void record(StreamPage page, int index, long timeMicros, String shardId)
      throws InterruptedException;
}
