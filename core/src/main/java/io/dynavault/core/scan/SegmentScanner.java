// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.ScanPage;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments page by page. A page is parsed and checked as a whole before any of it is handed
 * on, so that a damaged answer is never half taken. Confined to one thread; its buffers are reused
 * from segment to segment.
 */
public final class SegmentScanner {
  /** A damaged answer whose checksum fits can be a server's fault that passes. */
  private static final int ATTEMPTS_ON_MALFORMED = 3;

  /** Units to reserve for the first page, before anything is known of the items. */
  private static final double FIRST_COST = 8;

  private final DynamoDbTransport transport;
  private final ScanQuery query;
  private final RateController rate;
  private final OptionalDouble budget;
  private final long averageItemBytes;
  private final Progress progress;
  private final StopSignal stop;
  private final ResponseBuffer response = new ResponseBuffer();
  private final ScanPage page = new ScanPage();
  private double lastCost;

  /**
   * @param budget the read budget in units per second that the rate controller keeps
   * @param averageItemBytes as the table reports it; 0 where unknown
   */
  public SegmentScanner(
      DynamoDbTransport transport,
      ScanQuery query,
      RateController rate,
      OptionalDouble budget,
      long averageItemBytes,
      Progress progress,
      StopSignal stop) {
    this.transport = requireNonNull(transport, "transport is null");
    this.query = requireNonNull(query, "query is null");
    this.rate = requireNonNull(rate, "rate is null");
    this.budget = requireNonNull(budget, "budget is null");
    this.averageItemBytes = averageItemBytes;
    this.progress = requireNonNull(progress, "progress is null");
    this.stop = requireNonNull(stop, "stop is null");
    this.lastCost = FIRST_COST;
  }

  /**
   * Reads a segment to its end, or to the page after which a stop was asked for.
   *
   * @param startKey LastEvaluatedKey to go on from; null reads the segment from its beginning
   * @return true when the segment was read to its end
   */
  public boolean scan(Segment segment, byte @Nullable [] startKey, PageConsumer consumer)
      throws InterruptedException {
    ScanRequestBody body = new ScanRequestBody(query, segment);
    PageLimit limit = new PageLimit(budget, query.bytesPerUnit(), averageItemBytes);
    byte[] position = startKey;
    while (!stop.isRequested()) {
      body.compose(limit.items(), position);
      if (!fetched(body, position)) {
        return false;
      }
      consumer.page(page, response.array());
      limit.seen(page.scannedCount(), bytesRead());
      if (!page.hasLastEvaluatedKey()) {
        return true;
      }
      position = lastEvaluatedKey();
    }
    return false;
  }

  /** A stop while waiting for capacity ends the segment like one between two pages. */
  private boolean fetched(ScanRequestBody body, byte @Nullable [] position)
      throws InterruptedException {
    try {
      fetch(body, position);
      return true;
    } catch (InterruptedException e) {
      if (stop.isRequested()) {
        return false;
      }
      throw e;
    }
  }

  private void fetch(ScanRequestBody body, byte @Nullable [] position) throws InterruptedException {
    int throttles = 0;
    int malformed = 0;
    while (true) {
      double estimate = lastCost;
      rate.acquire(estimate);
      try {
        transport.call("Scan", body.array(), body.length(), response);
        parse();
        requireProgress(position);
        settle(estimate);
        return;
      } catch (ThrottledException e) {
        progress.addThrottle();
        rate.throttled(++throttles, estimate);
      } catch (FormatException e) {
        rate.consumed(estimate, estimate);
        if (++malformed == ATTEMPTS_ON_MALFORMED) {
          throw unreadable(e);
        }
      }
    }
  }

  private void parse() {
    if (query.select() == ScanQuery.Select.COUNT) {
      page.parseCount(response.array(), response.length());
    } else {
      page.parse(response.array(), response.length());
    }
  }

  /**
   * A page that ends where it was to begin would be read for ever, its items stored each time. It
   * is refused before any of them is handed on.
   */
  private void requireProgress(byte @Nullable [] position) {
    if (position != null
        && page.hasLastEvaluatedKey()
        && Arrays.equals(position, lastEvaluatedKey())) {
      throw new FormatException("LastEvaluatedKey is the key behind which the page should begin");
    }
  }

  /** The next page costs about what this one did; a small last page of a segment says little. */
  private void settle(double estimate) {
    double units = cost();
    rate.consumed(estimate, units);
    progress.addCapacity(units);
    lastCost = Math.max(units, lastCost / 2);
  }

  /**
   * A server that does not say what a page cost is taken at the page's size: a budget still holds.
   */
  private double cost() {
    return page.hasConsumedCapacity()
        ? page.consumedCapacityUnits()
        : Math.ceil((double) response.length() / query.bytesPerUnit());
  }

  private DynavaultException unreadable(FormatException cause) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to read table '" + query.tableName() + "': " + cause.getMessage(),
        "the endpoint sent a malformed answer "
            + ATTEMPTS_ON_MALFORMED
            + " times; check what it is",
        cause);
  }

  /** What the server read for the page, filtered items included, by the capacity it charged. */
  private long bytesRead() {
    double units = page.consumedCapacityUnits();
    return units > 0 ? (long) (units * query.bytesPerUnit()) : response.length();
  }

  private byte[] lastEvaluatedKey() {
    int from = page.lastEvaluatedKeyOffset();
    return Arrays.copyOfRange(response.array(), from, from + page.lastEvaluatedKeyLength());
  }
}
