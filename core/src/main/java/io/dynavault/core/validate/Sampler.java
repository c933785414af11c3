// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.compare.Fingerprint;
import io.dynavault.core.compare.RecoveryPointItems;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Draws items by chance, each as likely as any other; the same seed draws the same items. Of a
 * recovery point only the files are read that hold one of the places drawn. Where items are chosen
 * or a table is the source, all are read and those stay whose keys have the lowest hashes.
 */
final class Sampler {
  private final ExpectedItems source;
  private final KeyReader keys;
  private final CompareScope scope;
  private final int workers;
  private final RunContext context;

  Sampler(
      ExpectedItems source, KeyReader keys, CompareScope scope, int workers, RunContext context) {
    this.source = source;
    this.keys = keys;
    this.scope = scope;
    this.workers = workers;
    this.context = context;
  }

  List<DrawnItem> draw(int items, long seed) throws InterruptedException {
    return source instanceof RecoveryPointItems point
            && point.content() instanceof ExportContent export
            && scope.expected().isEverything()
        ? byPlace(point, export, items, seed)
        : byHash(items, seed);
  }

  private List<DrawnItem> byPlace(
      RecoveryPointItems point, ExportContent export, int items, long seed)
      throws InterruptedException {
    NavigableSet<Long> places = places(point.count(), items, seed);
    context.progress().begin("drawing the sample", 0, 0);
    List<Callable<List<DrawnItem>>> tasks = new ArrayList<>();
    long first = 0;
    for (ExportFile file : export.export().files()) {
      long next = first + file.dataFile().itemCount();
      NavigableSet<Long> ofFile = places.subSet(first, true, next, false);
      long offset = first;
      if (!ofFile.isEmpty()) {
        ContentPart part = export.part(file);
        tasks.add(() -> readPlaces(point, part, offset, ofFile));
      }
      first = next;
    }
    return new Parallel("sample", workers).run(tasks).stream().flatMap(List::stream).toList();
  }

  /** Distinct places from 0 to {@code total}, by Floyd's algorithm. */
  private static NavigableSet<Long> places(long total, int items, long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    NavigableSet<Long> places = new TreeSet<>();
    for (long last = Math.max(0, total - items); last < total; last++) {
      long place = chance.nextLong(last + 1);
      places.add(places.contains(place) ? last : place);
    }
    return places;
  }

  private List<DrawnItem> readPlaces(
      RecoveryPointItems point, ContentPart part, long first, NavigableSet<Long> wanted)
      throws InterruptedException {
    List<DrawnItem> drawn = new ArrayList<>();
    long[] place = {first};
    point.read(
        part,
        context,
        (json, offset, length) -> {
          if (wanted.contains(place[0]++)) {
            drawn.add(drawn(Items.decode(json, offset, length)));
          }
        });
    return drawn;
  }

  private record Ticket(long priority, DrawnItem item) {}

  private List<DrawnItem> byHash(int items, long seed) throws InterruptedException {
    PriorityQueue<Ticket> lowest =
        new PriorityQueue<>(Comparator.comparingLong(Ticket::priority).reversed());
    long salt = new SplittableRandom(seed).nextLong();
    Items selected = new Items(keys, scope.expected());
    source.read(
        workers,
        context,
        (json, offset, length) -> {
          Item item = Items.decode(json, offset, length);
          if (selected.isSelected(item)) {
            offer(lowest, items, mix(KeyHash.of(keys.read(item)) ^ salt), item);
          }
        });
    return lowest.stream().map(Ticket::item).toList();
  }

  /** Decides before it makes a fingerprint, which most items do not need. */
  private void offer(PriorityQueue<Ticket> lowest, int items, long priority, Item item) {
    synchronized (lowest) {
      if (lowest.size() == items && priority >= lowest.element().priority()) {
        return;
      }
    }
    Ticket ticket = new Ticket(priority, drawn(item));
    synchronized (lowest) {
      lowest.add(ticket);
      if (lowest.size() > items) {
        lowest.remove();
      }
    }
  }

  private DrawnItem drawn(Item item) {
    Item restored = scope.transform().apply(item);
    ItemKey key = keys.read(restored);
    return new DrawnItem(key, Fingerprint.of(keys, restored));
  }

  /** The finaliser of MurmurHash3: a salt alone would keep the order of the hashes' high bits. */
  private static long mix(long hash) {
    long h = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }
}
