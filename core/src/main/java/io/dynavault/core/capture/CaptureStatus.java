// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.lease.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the continuous backup of a table stands, as its vault tells.
 *
 * @param holder the process that captures it; empty where none does
 * @param chains oldest first; at least one
 * @param lately what the last commits have brought, by the minute
 * @param whole volume of the newest chain, where it was asked for
 * @param observed when this was so
 */
public record CaptureStatus(
    String tableName,
    Optional<Holder> holder,
    List<ChainStatus> chains,
    Rate lately,
    Optional<ChangeVolume> whole,
    Instant observed) {

  /** Whether the window grows. */
  public enum State {
    /** A process captures the table. */
    RUNNING,
    /** None does; the next one goes on where the last one has stopped. */
    STOPPED,
    /** None does, and the next one begins a new chain. */
    ENDED,
    /** None does: the newest chain is a copy, and goes on with the next copy. */
    COPIED
  }

  /** What comes in a minute. */
  public record Rate(double changes, double storedBytes) {
    static final Rate NONE = new Rate(0, 0);
  }

  public CaptureStatus {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(holder, "holder is null");
    chains = List.copyOf(chains);
    requireNonNull(lately, "lately is null");
    requireNonNull(whole, "whole is null");
    requireNonNull(observed, "observed is null");
    if (chains.isEmpty()) {
      throw new IllegalArgumentException("a continuous backup without a chain");
    }
  }

  /** The same with figures of the newest chain. */
  CaptureStatus with(Rate rate, Optional<ChangeVolume> volume) {
    return new CaptureStatus(tableName, holder, chains, rate, volume, observed);
  }

  /** The same, where figures of the newest chain cannot be read. */
  CaptureStatus damaged(String damage) {
    List<ChainStatus> told =
        chains.stream()
            .map(chain -> chain.equals(newest()) ? chain.damaged(damage) : chain)
            .toList();
    return new CaptureStatus(tableName, holder, told, lately, whole, observed);
  }

  /** The chain that is captured, or else the one that began last. */
  public ChainStatus newest() {
    return chains.stream()
        .filter(chain -> holder.isPresent() && chain.origin().isEmpty())
        .reduce((before, after) -> after)
        .orElse(chains.get(chains.size() - 1));
  }

  public State state() {
    if (holder.isPresent()) {
      return State.RUNNING;
    }
    if (newest().end().isPresent()) {
      return State.ENDED;
    }
    return newest().origin().isPresent() ? State.COPIED : State.STOPPED;
  }

  /** The first second that can be restored; between it and the last one there may be gaps. */
  public Optional<Instant> earliest() {
    return chains.stream().flatMap(chain -> chain.earliest().stream()).findFirst();
  }

  /** The last second that can be restored. */
  public Optional<Instant> latest() {
    return chains.stream()
        .filter(chain -> chain.earliest().isPresent())
        .map(ChainStatus::latest)
        .reduce((before, after) -> after);
  }

  /** How far the newest chain is behind; never negative. */
  public Duration lag() {
    Duration lag = Duration.between(newest().latest(), observed);
    return lag.isNegative() ? Duration.ZERO : lag;
  }
}
