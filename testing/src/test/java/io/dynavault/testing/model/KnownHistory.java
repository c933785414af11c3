// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeReading;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindow;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.model.CapturedWorld.Recorded;
import io.dynavault.testing.table.CanonicalItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the vault of a world says of its table, held against what is known. */
final class KnownHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CapturedWorld world;
  private final ObjectStore store;
  private final Vault vault;
  private final MomentPlanner planner;
  private final RunContext context;
  private final RecoveryWindows windows;

  /** Looks at the vault as it is now. */
  KnownHistory(CapturedWorld world) {
    this(world, world.store());
  }

  /** Looks at a vault of the world's changes, such as a copy to which something was done. */
  KnownHistory(CapturedWorld world, ObjectStore store) {
    this.world = world;
    this.store = store;
    this.vault = Vault.open(store, Holder.of("host", 2, "reader", world.random()), world.leases());
    this.planner = new MomentPlanner(store, vault.catalog(), world.dynamoDbClock());
    this.context =
        new RunContext(world.timing(), world.time(), new Progress("known"), new StopSignal());
    this.windows = RecoveryWindows.of(store, vault.catalog(), world.table().name());
  }

  MomentPlanner planner() {
    return planner;
  }

  RecoveryWindows windows() {
    return windows;
  }

  List<ChainLog> chains() {
    return new ContinuousBackups(store).chains(world.table().name());
  }

  /** All moments that can be restored. */
  List<Instant> moments() {
    List<Instant> moments = new ArrayList<>();
    for (RecoveryWindow window : windows.list()) {
      for (Instant at = window.earliest(); !at.isAfter(window.latest()); at = at.plusSeconds(1)) {
        moments.add(at);
      }
    }
    return moments;
  }

  /** The first and the last moment of each window, and the last one within its second. */
  List<Instant> boundaries() {
    List<Instant> boundaries = new ArrayList<>();
    for (RecoveryWindow window : windows.list()) {
      boundaries.add(window.earliest());
      boundaries.add(window.latest());
      boundaries.add(window.latest().minusMillis(1));
    }
    return boundaries;
  }

  /** How many items of a moment are not what they were. */
  int mismatches(Instant moment) throws InterruptedException {
    SortedMap<String, String> known = world.known().at(moment.truncatedTo(ChronoUnit.SECONDS));
    SortedMap<String, String> restored = items(moment);
    Set<String> keys = new HashSet<>(known.keySet());
    keys.addAll(restored.keySet());
    keys.removeIf(key -> known.getOrDefault(key, "").equals(restored.getOrDefault(key, "")));
    return keys.size();
  }

  /** The table at a moment, as it would be restored. */
  SortedMap<String, String> items(Instant moment) throws InterruptedException {
    MomentPlan plan = planner.plan(windows, moment, Set.of());
    SortedMap<String, String> items = new TreeMap<>();
    try (ItemContent content = plan.open(store)) {
      content.requireFiles();
      content.prepare(context);
      for (ContentPart part : content.parts()) {
        part.read((json, at, length, size) -> add(items, json, at, length));
      }
      assertThat((long) items.size()).isLessThanOrEqualTo(content.itemCount());
    }
    return items;
  }

  /** Adds an item by its key. */
  static void add(SortedMap<String, String> items, byte[] json, int offset, int length) {
    try {
      JsonNode item = JSON.readTree(json, offset, length);
      ObjectNode key = JSON.createObjectNode();
      key.set("pk", item.get("pk"));
      key.set("sk", item.get("sk"));
      assertThat(items.put(CanonicalItem.of(key.toString()), CanonicalItem.of(item.toString())))
          .as("twice: %s", key)
          .isNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails unless every chain has each change of its time once, and those of one item in order.
   *
   * @return the changes of all chains
   */
  int requireEveryChangeOnce() throws InterruptedException {
    int changes = 0;
    for (ChainLog chain : chains()) {
      changes += requireEveryChangeOnce(chain);
    }
    return changes;
  }

  private int requireEveryChangeOnce(ChainLog chain) throws InterruptedException {
    List<String> captured = new ArrayList<>();
    Map<String, BigInteger> last = new HashMap<>();
    long commits = chain.last().map(Commit::number).orElse(0L);
    new ChangeReading(store, 1, new StopSignal())
        .read(
            chain,
            1,
            commits,
            (commit, file, change) -> {
              captured.add(change.sequenceNumber());
              BigInteger number = new BigInteger(change.sequenceNumber());
              String key =
                  new String(change.array(), change.keys().offset(), change.keys().length(), UTF_8);
              BigInteger before = last.put(key, number);
              assertThat(before == null || before.compareTo(number) < 0)
                  .as("%s: %s comes after %s", key, number, before)
                  .isTrue();
            });
    Set<String> once = new HashSet<>(captured);
    assertThat(captured).as("changes of %s, each once", chain).hasSameSizeAs(once);
    Instant from = chain.chain().started().plusSeconds(1);
    Instant to = chain.end().map(ChainEnd::completeTo).orElse(Instant.MAX);
    List<Recorded> missing =
        world.recorded().stream()
            .filter(one -> one.streamArn().equals(chain.chain().streamArn()))
            .filter(one -> !one.time().isBefore(from) && one.time().isBefore(to))
            .filter(one -> !once.contains(one.sequenceNumber()))
            .toList();
    assertThat(missing).as("changes that %s does not have, %s to %s", chain, from, to).isEmpty();
    return captured.size();
  }

  /**
   * Fails unless every second between two windows is refused, with the seconds next to it.
   *
   * @return how many gaps there are
   */
  int requireGapsAreRefused() {
    int gaps = 0;
    Instant end = Instant.MAX;
    for (RecoveryWindow next : windows.list()) {
      if (end.isBefore(next.earliest().minusSeconds(1))) {
        gaps++;
        Instant last = end;
        for (Instant inside : List.of(end.plusSeconds(1), next.earliest().minusSeconds(1))) {
          assertThatThrownBy(() -> planner.plan(windows, inside, Set.of()))
              .isInstanceOfSatisfying(
                  DynavaultException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.TIME_INVALID))
              .hasMessageContaining(last.toString())
              .hasMessageContaining(next.earliest().toString());
        }
      }
      end = next.latest();
    }
    return gaps;
  }

  /** Lets all records arrive and a capture catch up with them. */
  static void catchUp(CapturedWorld world) throws InterruptedException {
    world.busy(0);
    world.pass(Duration.ofSeconds(1));
    world.flush();
    world.pass(Duration.ofSeconds(5));
    new CaptureProcess(world).run(Until.CAUGHT_UP);
  }
}
