// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.continuous.RecordedTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.CanonicalItem;
import io.dynavault.testing.table.LiveTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A table with a chain and a base, of which the items at some seconds are known. */
final class CapturedTable {
  private static final Instant START = Instant.parse("2026-03-28T22:59:30Z");
  private static final int ITEMS = 40;
  private static final int ROUNDS = 6;

  /** The moment that is compacted: changes lie before it and after it, also in one commit. */
  static final Instant COMPACTED = second(35);

  private final LiveTable table;
  private final SortedMap<Instant, SortedMap<String, String>> known = new TreeMap<>();

  private CapturedTable(LiveTable table) {
    this.table = table;
  }

  private static Instant second(int number) {
    return START.plusSeconds(number);
  }

  /** Fills a table, with a commit every ten seconds, and a base after the first of them. */
  static CapturedTable create(Workplace place) throws InterruptedException {
    LiveTable live = LiveTable.create(place.endpoint(), new SmallTable(place.table(), 0));
    CapturedTable captured = new CapturedTable(live);
    TestingEngine.newVault(place.store("vault"));
    try (TestingEngine engine = place.engine()) {
      RecordedTable recorded =
          new RecordedTable(
              live, engine.describe(live.name()).definition(), place.store("vault"), START);
      captured.fill(recorded, place);
    }
    return captured;
  }

  private void fill(RecordedTable recorded, Workplace place) throws InterruptedException {
    for (int round = 1; round <= ROUNDS; round++) {
      for (int at = 10 * round - 9; at < 10 * round; at += 2) {
        write(recorded, at);
        known.put(second(at + 1), recorded.contents());
      }
      recorded.commit(second(10 * round));
      if (round == 1) {
        place.backup();
        ChainLog chain = recorded.log();
        RecoveryPointId base = UseCase.newest(place.vault()).id();
        chain.add(new Base(chain.chain().id(), base, 1, Optional.empty(), 1, second(10)));
        known.clear(); // before the base nothing can be restored
        known.put(second(10), recorded.contents());
      }
    }
  }

  private static void write(RecordedTable recorded, int second) {
    for (int i = 0; i < 5; i++) {
      int number = (second * 7 + i * 3) % ITEMS;
      String key = "{\"id\":{\"S\":\"item %d\"}".formatted(number);
      if ((second + i) % 5 == 4) {
        recorded.delete(second(second), key + "}");
      } else {
        recorded.put(second(second), key + ",\"at\":{\"N\":\"%d\"}}".formatted(second));
      }
    }
  }

  String name() {
    return table.name();
  }

  void drop() {
    table.drop();
  }

  static MomentPlanner planner(Vault vault) {
    return new MomentPlanner(vault.store(), vault.catalog(), InstantSource.system());
  }

  static RecoveryPointId newId() {
    return RecoveryPointId.create(InstantSource.system().instant(), Timing.system().random());
  }

  /** Fails unless every second that is known is what it was. */
  void requireEverySecond(Vault vault) throws InterruptedException {
    MomentPlanner planner = planner(vault);
    var windows = planner.windows(name());
    for (var moment : known.entrySet()) {
      SortedMap<String, String> items = new TreeMap<>();
      try (ItemContent content =
          planner.plan(windows, moment.getKey(), Set.of()).open(vault.store())) {
        content.requireFiles();
        content.prepare(RunContext.system(name(), new StopSignal()));
        for (ContentPart part : content.parts()) {
          part.read((json, at, length, size) -> add(items, new String(json, at, length, UTF_8)));
        }
      }
      assertThat(items).as("items at %s", moment.getKey()).isEqualTo(moment.getValue());
    }
  }

  private static void add(SortedMap<String, String> items, String item) {
    String canonical = CanonicalItem.of(item);
    String key = canonical.replaceFirst(".*(\"id\":\\{\"S\":\"[^\"]*\"}).*", "{$1}");
    items.put(CanonicalItem.of(key), canonical);
  }
}
