// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

/** Counts what is served. Safe for several threads. */
final class Tally {
  private long items;
  private long requests;
  private double units;
  private double lastUnits;
  private long firstNanos;
  private long lastNanos;

  synchronized void add(long nanos, int moreItems, double moreUnits) {
    if (requests == 0) {
      firstNanos = nanos;
    }
    lastNanos = nanos;
    lastUnits = moreUnits;
    requests++;
    items += moreItems;
    units += moreUnits;
  }

  synchronized Counters takeCounters() {
    double seconds = (lastNanos - firstNanos) / 1e9;
    double rate = seconds > 0 ? (units - lastUnits) / seconds : 0;
    Counters counters = new Counters(items, requests, units, rate);
    items = 0;
    requests = 0;
    units = 0;
    return counters;
  }
}
