// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.content.TestingChain;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.LongChain;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingVault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The end of a long chain: each hour, commit n of it sets item {@code n modulo 7} to {@code n}. As
 * a program it reads the items of that moment and prints them; its argument is the number of
 * commits.
 */
final class LongMoment {
  private static final int KEYS = 7;

  final TestingVault vault = new TestingVault();
  final LongChain chain;
  private final long commits;

  LongMoment(long commits) {
    this.commits = commits;
    this.chain = new LongChain(vault.memory, commits, contents());
    RecoveryPoint point =
        new TestingChain(vault.memory)
            .full(TestingMoments.at(0.5).toString(), TestingMoments.item("unchanged", "1"));
    vault.commitRecord(point);
    ChainLog log = chain.log();
    log.add(new Base(log.chain().id(), point.id(), 0, Optional.empty(), 1, LongChain.START));
  }

  /** Of the files of an hour. */
  private static List<byte[]> contents() {
    return IntStream.range(0, LongChain.PER_HOUR)
        .mapToObj(n -> TestingMoments.Change.put(-1, "k" + n % KEYS, "before", "" + n).line(n))
        .map(TestingMoments::gzip)
        .toList();
  }

  /** The plan of the last second. */
  MomentPlan plan() {
    MomentPlanner planner =
        new MomentPlanner(
            chain, vault.on("there", chain).catalog(), () -> TestingMoments.at(1_000_000_000));
    return planner.plan(planner.windows("orders"), chain.commit(commits).completeTo(), Set.of());
  }

  /** What the last hour has set, which has more commits than there are keys. */
  List<String> expected() {
    List<String> items = new ArrayList<>();
    items.add(TestingMoments.item("unchanged", "1"));
    int end = (int) ((commits - 1) % LongChain.PER_HOUR);
    for (int n = end; n > end - KEYS; n--) {
      items.add(TestingMoments.item("k" + n % KEYS, "" + n));
    }
    items.sort(null);
    return items;
  }

  List<String> read(MomentPlan plan) throws InterruptedException {
    List<String> items = new ArrayList<>();
    try (ItemContent content = plan.open(chain)) {
      content.requireFiles();
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) -> items.add(new String(json, offset, length, UTF_8)));
      }
    }
    items.sort(null);
    return items;
  }

  public static void main(String[] arguments) throws InterruptedException {
    LongMoment moment = new LongMoment(Long.parseLong(arguments[0]));
    moment.read(moment.plan()).forEach(System.out::println);
  }
}
