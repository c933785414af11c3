// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The shards of a stream and which of them comes before which. A shard is read when the one before
 * it was read to its end; that one holds back what the whole is complete to until its children are
 * known.
 */
final class ShardLineage {
  /**
   * A stream keeps a record for 24 hours (DynamoDB Developer Guide, "Change data capture for
   * DynamoDB Streams"), less what clocks and a request may take.
   */
  private static final Duration RETENTION = Duration.ofHours(24).minusMinutes(5);

  /**
   * A split lists its children within three seconds of the end of their parent; and one more, as
   * the server's times are cut to seconds.
   */
  private static final Duration SETTLING = Duration.ofSeconds(4);

  /**
   * A closed shard of a stream that is on, and has no children by then, gets none; a parent that is
   * not listed by then is gone.
   */
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(60);

  private final String streamArn;
  private final boolean aws;
  private final Set<String> firstShards;
  private final NavigableMap<String, ShardState> shards = new TreeMap<>();
  private final Map<String, Instant> orphans = new HashMap<>();
  private Instant completeTo;

  /**
   * @param positions where reading begins
   * @param firstShards those of them with which it began when the stream was read for the first
   *     time; what comes before them is of no interest
   * @param completeTo every change before this time lies before the positions
   */
  ShardLineage(
      String streamArn,
      boolean aws,
      Map<String, ShardPosition> positions,
      Set<String> firstShards,
      Instant completeTo) {
    this.streamArn = streamArn;
    this.aws = aws;
    this.firstShards = Set.copyOf(firstShards);
    this.completeTo = completeTo;
    positions.forEach((id, at) -> shards.put(id, new ShardState(id, at, completeTo)));
  }

  /** Whether a stream still has all that was written since a time. */
  static boolean isKept(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(RETENTION) < 0;
  }

  /**
   * Takes over what the stream lists now: new shards, ends, and shards that are gone.
   *
   * @throws StreamGapException if a shard was listed and forgotten again before it could be read
   */
  void update(StreamDescription description) {
    Instant now = description.serverTime();
    Listing listing = new Listing(description);
    orphans.keySet().retainAll(listing.shards.keySet());
    List<ShardState> found = new ArrayList<>();
    for (Shard shard : description.shards()) {
      ShardState state = shards.get(shard.id());
      if (state != null) {
        state.parent(shard.parent());
        state.compareWith(shard, now);
      } else if (hasAncestor(shard, listing)) {
        found.add(found(shard));
      }
    }
    found.forEach(state -> shards.put(state.id(), state));
    settle(description);
    inherit();
    shards
        .values()
        .removeIf(state -> state.isForgotten(listing.shards.containsKey(state.id()), now));
  }

  /**
   * Whether a new shard can be read: what was before it is known or long gone. Listings of AWS lag
   * behind each other, so that a parent which nobody has heard of is waited for a little.
   */
  private boolean hasAncestor(Shard shard, Listing listing) {
    Boolean decided = listing.decided.get(shard.id());
    if (decided == null) {
      decided = decide(shard, listing);
      listing.decided.put(shard.id(), decided);
    }
    return decided;
  }

  private boolean decide(Shard shard, Listing listing) {
    Optional<String> parent = shard.parent();
    if (parent.isEmpty() || shards.containsKey(parent.get())) {
      orphans.remove(shard.id());
      return true;
    }
    Shard before = listing.shards.get(parent.get());
    if (before != null) {
      orphans.remove(shard.id());
      return hasAncestor(before, listing); // that one may be waiting itself
    }
    Instant now = listing.time;
    Instant since = orphans.computeIfAbsent(shard.id(), id -> now);
    if (aws && Duration.between(since, now).compareTo(LONGEST_SETTLING) < 0) {
      return false;
    }
    orphans.remove(shard.id());
    throw lost(
        "shard '%s', which came before shard '%s', is gone and was never read"
            .formatted(parent.get(), shard.id()));
  }

  /** What is listed at one time, and which of it can be read. */
  private static final class Listing {
    final Map<String, Shard> shards = new HashMap<>();
    final Map<String, Boolean> decided = new HashMap<>();
    final Instant time;

    Listing(StreamDescription description) {
      description.shards().forEach(shard -> shards.put(shard.id(), shard));
      time = description.serverTime();
    }
  }

  private ShardState found(Shard shard) {
    ShardPosition position = ShardPosition.trimHorizon(shard.parent());
    for (ShardState state : shards.values()) {
      if (!state.parent().equals(Optional.of(shard.id())) || !state.isBegun()) {
        continue;
      }
      if (!firstShards.contains(state.id())) {
        throw lost(
            "shard '%s' was listed after shard '%s', which comes after it, had been read"
                .formatted(shard.id(), state.id()));
      }
      position = ShardPosition.closed(shard.parent()); // it ended before the positions
    }
    return new ShardState(shard.id(), position, completeTo);
  }

  private StreamGapException lost(String detail) {
    return new StreamGapException(StreamGapException.Reason.SHARD_LOST, streamArn, detail);
  }

  private Set<String> parents() {
    Set<String> parents = new HashSet<>();
    shards.values().forEach(state -> state.parent().ifPresent(parents::add));
    return parents;
  }

  private void settle(StreamDescription description) {
    Set<String> parents = parents();
    Instant now = description.serverTime();
    for (ShardState state : shards.values()) {
      if (!state.isRead() || state.isSettled()) {
        continue;
      }
      Duration closed = Duration.between(state.closedAt(now), now);
      boolean known = parents.contains(state.id()) && (!aws || closed.compareTo(SETTLING) >= 0);
      if (known || (description.isOn() && closed.compareTo(LONGEST_SETTLING) >= 0)) {
        state.settle();
      }
    }
  }

  private void inherit() {
    for (ShardState state : shards.values()) {
      before(state).filter(ShardState::isRead).ifPresent(state::inherit);
    }
  }

  private Optional<ShardState> before(ShardState state) {
    return state.parent().map(shards::get);
  }

  /** Shards that may be read now. */
  List<ShardState> readable() {
    List<ShardState> readable = new ArrayList<>();
    for (ShardState state : shards.values()) {
      if (!state.isRead() && before(state).map(ShardState::isRead).orElse(true)) {
        before(state).ifPresent(state::inherit);
        readable.add(state);
      }
    }
    return readable;
  }

  /** Whether there are shards that were not read to their end. */
  boolean hasUnread() {
    return shards.values().stream().anyMatch(state -> !state.isRead());
  }

  /** Whether it is to be asked for the children of shards that have ended. */
  boolean isUnsettled() {
    return !orphans.isEmpty()
        || !hasUnread()
        || shards.values().stream().anyMatch(state -> state.isRead() && !state.isSettled());
  }

  /** Whether every open shard was read to its end the last time. */
  boolean isAtEnd() {
    return shards.values().stream().allMatch(state -> state.isRead() || state.atEnd);
  }

  /** Every change before this time was handed on. */
  Instant completeTo() {
    if (!orphans.isEmpty()) {
      return completeTo;
    }
    Instant earliest = Instant.MAX;
    for (ShardState state : shards.values()) {
      if (state.isSettled()) {
        continue;
      }
      Instant time = state.completeTo();
      Optional<ShardState> before = before(state).filter(ShardState::isRead);
      if (before.isPresent() && before.get().completeTo().isAfter(time)) {
        time = before.get().completeTo();
      }
      earliest = time.isBefore(earliest) ? time : earliest;
    }
    if (earliest.isAfter(completeTo) && earliest.isBefore(Instant.MAX)) {
      completeTo = earliest;
    }
    return completeTo;
  }

  Map<String, ShardPosition> positions() {
    Map<String, ShardPosition> positions = new TreeMap<>();
    shards.forEach((id, state) -> positions.put(id, state.position()));
    return positions;
  }
}
