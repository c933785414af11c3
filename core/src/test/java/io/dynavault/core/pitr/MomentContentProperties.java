// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static io.dynavault.core.pitr.TestingMoments.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.pitr.TestingMoments.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A table with a trivial model beside it: at each second some keys change, now and then a scan that
 * sees each key at a moment of its own ends and makes a base. Whatever second can be restored has
 * to be the model's.
 */
class MomentContentProperties {
  private static final int KEYS = 12;
  private static final int SECONDS = 60;

  @Property(tries = 30)
  void everySecondIsTheModels(@ForAll long seed) throws InterruptedException {
    Workload workload = new Workload(seed);
    workload.run();
    int step = 1 + Math.floorMod((int) seed, 11);
    for (int second = workload.firstRestorable; second <= workload.completeTo; second += step) {
      assertThat(workload.moments.itemsAt(second))
          .as("seed %d second %d", seed, second)
          .containsExactlyElementsOf(workload.expected(second));
    }
  }

  private static final class Workload {
    final TestingMoments moments = new TestingMoments();
    final SplittableRandom chance;
    final Map<String, String> table = new TreeMap<>();
    final List<Map<String, String>> states = new ArrayList<>();
    final List<Change> pending = new ArrayList<>();
    int firstRestorable = Integer.MAX_VALUE;
    int completeTo;
    long commits;
    int value;

    /** A scan that has seen some keys, and what it has seen. */
    private record Scan(
        long afterCommit, int started, Map<String, String> seen, List<String> left) {}

    Workload(long seed) {
      chance = new SplittableRandom(seed);
    }

    void run() {
      for (int key = 0; key < KEYS; key += 2) {
        table.put("k" + key, "first");
      }
      Scan scan = begin(0);
      Scan ended = null;
      for (int second = 0; second < SECONDS; second++) {
        states.add(new TreeMap<>(table)); // the table at this second, before its changes
        for (int times = chance.nextInt(5); times > 0; times--) {
          change(second);
          if (scan != null) {
            look(scan);
          }
        }
        if (scan != null && ended == null && scan.left().isEmpty()) {
          ended = scan;
          scan = null;
        }
        if (chance.nextInt(3) == 0) {
          commit(second);
          if (ended != null) {
            // this commit is complete to a time after the scan's end
            add(ended);
            ended = null;
          }
        }
        if (scan == null && ended == null && chance.nextInt(8) == 0) {
          commit(second);
          scan = begin(second + 1); // changes of this second are in a commit before it
        }
      }
      states.add(new TreeMap<>(table));
      commit(SECONDS - 1);
    }

    private Scan begin(int second) {
      List<String> left = new ArrayList<>();
      for (int key = 0; key < KEYS; key++) {
        left.add("k" + key);
      }
      return new Scan(commits, second, new TreeMap<>(), left);
    }

    private void look(Scan scan) {
      for (int times = chance.nextInt(3); times > 0 && !scan.left().isEmpty(); times--) {
        String key = scan.left().remove(chance.nextInt(scan.left().size()));
        if (table.containsKey(key)) {
          scan.seen().put(key, table.get(key));
        }
      }
    }

    private void change(int second) {
      String key = "k" + Math.min(chance.nextInt(KEYS), chance.nextInt(KEYS));
      String before = table.getOrDefault(key, "");
      String after = chance.nextInt(3) == 0 && !before.isEmpty() ? "" : "v" + ++value;
      pending.add(new Change(second + chance.nextInt(1000) / 1000.0, key, before, after));
      if (after.isEmpty()) {
        table.remove(key);
      } else {
        table.put(key, after);
      }
    }

    /** In one file, or in several, of which a key's changes are spread over. */
    private void commit(int second) {
      List<List<Change>> files = new ArrayList<>();
      for (Change change : pending) {
        if (files.isEmpty() || chance.nextInt(3) == 0) {
          files.add(new ArrayList<>());
        }
        files.get(files.size() - 1).add(change);
      }
      pending.clear();
      // what happens in this second may still go on: the commit has changes beyond what it promises
      completeTo = second;
      moments.commit(completeTo, files);
      commits++;
    }

    private void add(Scan scan) {
      List<String> items = new ArrayList<>();
      scan.seen().forEach((key, seen) -> items.addAll(List.of(key, seen)));
      moments.base(scan.afterCommit(), commits, scan.started(), items.toArray(String[]::new));
      firstRestorable = Math.min(firstRestorable, scan.started());
    }

    List<String> expected(int second) {
      List<String> items = new ArrayList<>();
      states.get(second).forEach((key, held) -> items.add(item(key, held)));
      items.sort(null);
      return items;
    }
  }
}
