// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.content.TestingChain;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.LateChanges;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A continuous backup of the table orders whose files are written by hand, line by line, as
 * docs/format/continuous.md has them. Times are seconds after {@link #START}.
 */
public final class TestingMoments {
  public static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

  public final TestingVault vault = new TestingVault();
  final TestingChain exports = new TestingChain(vault.memory);
  private final ContinuousBackups backups = new ContinuousBackups(vault.memory);
  private ChainLog log = chain(0);
  private Duration ahead = Duration.ZERO;
  private long commits;
  private int files;

  public static Instant at(double second) {
    return START.plusMillis((long) (second * 1000));
  }

  /** One change, as a line of a file. */
  public record Change(double second, String key, String before, String after) {

    public static Change put(double second, String key, String before, String after) {
      return new Change(second, key, before, after);
    }

    String line(int number) {
      String kind = after.isEmpty() ? "REMOVE" : before.isEmpty() ? "INSERT" : "MODIFY";
      String images = image("OldImage", before) + image("NewImage", after);
      return """
      {"Metadata":{"WriteTimestampMicros":{"N":"%d"},"SequenceNumber":{"S":"%021d"},\
      "EventName":{"S":"%s"}},"Keys":{"pk":{"S":"%s"}}%s}
      """
          .formatted(at(second).toEpochMilli() * 1000, number, kind, key, images);
    }

    private String image(String name, String value) {
      return value.isEmpty() ? "" : ",\"%s\":%s".formatted(name, item(key, value));
    }
  }

  public static String item(String key, String value) {
    return "{\"pk\":{\"S\":\"%s\"},\"v\":{\"S\":\"%s\"}}".formatted(key, value);
  }

  /** Begins another chain, which all that is written from now on belongs to. */
  public ChainLog chain(int second) {
    Chain chain =
        new Chain(
            new RecoveryPointId("%014d-0000abcd".formatted(at(second).toEpochMilli())),
            TestingPoints.point("orders", START).table(),
            "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-02T00:00:00.000",
            at(second),
            Map.of(),
            "test");
    log = backups.create(chain);
    commits = 0;
    return log;
  }

  public ChainLog log() {
    return log;
  }

  /** A base that is a backup of these items; pairs of key and value. */
  public RecoveryPoint base(
      long afterCommit, long completeWith, int from, String... keysAndValues) {
    return base(afterCommit, Optional.empty(), completeWith, from, keysAndValues);
  }

  RecoveryPoint base(
      long afterCommit,
      Optional<Instant> since,
      long completeWith,
      int from,
      String... keysAndValues) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      items.add(item(keysAndValues[i], keysAndValues[i + 1]));
    }
    // Half a second keeps it from being a moment of its own that a whole second can mean.
    RecoveryPoint point = exports.full(at(from + 0.5).toString(), items.toArray(String[]::new));
    vault.commitRecord(point);
    log.add(new Base(log.chain().id(), point.id(), afterCommit, since, completeWith, at(from)));
    return point;
  }

  /** A commit with one file of these changes; without a file where there are none. */
  public Commit commit(int completeTo, Change... changes) {
    return commit(completeTo, changes.length == 0 ? List.of() : List.of(List.of(changes)));
  }

  /** A commit with a file for each list. */
  Commit commit(int completeTo, List<List<Change>> lists) {
    return append(completeTo, lists, Optional.empty());
  }

  /** A commit with changes that an earlier one should have had. */
  public Commit late(int completeTo, Change... changes) {
    Instant earliest =
        Arrays.stream(changes).map(c -> at(c.second())).min(Instant::compareTo).orElseThrow();
    return append(
        completeTo,
        List.of(List.of(changes)),
        Optional.of(new LateChanges(changes.length, earliest)));
  }

  /** The clock by which commits are written is wrong from now on. */
  void clockJumps(Duration by) {
    ahead = by;
  }

  private Commit append(int completeTo, List<List<Change>> lists, Optional<LateChanges> late) {
    List<ChangeFile> written = lists.stream().map(this::file).toList();
    Commit commit =
        new Commit(
            log.chain().id(),
            ++commits,
            log.writtenAt(at(completeTo + 5).plus(ahead)),
            1,
            at(completeTo),
            written,
            Map.of(),
            counts(lists),
            late);
    if (!log.append(commit)) {
      throw new AssertionError("the number is taken: " + commit.number());
    }
    return commit;
  }

  private static ChangeCounts counts(List<List<Change>> lists) {
    List<Change> all = lists.stream().flatMap(List::stream).toList();
    long inserts = all.stream().filter(c -> c.before().isEmpty() && !c.after().isEmpty()).count();
    long removes = all.stream().filter(c -> c.after().isEmpty()).count();
    return new ChangeCounts(inserts, all.size() - inserts - removes, removes, 0);
  }

  private ChangeFile file(List<Change> changes) {
    StringBuilder lines = new StringBuilder();
    for (Change change : changes) {
      lines.append(change.line(files * 1000 + lines.length()));
    }
    byte[] content = gzip(lines.toString());
    String name = "%026d.json.gz".formatted(++files);
    String key = log.chain().keys().dataFile(START, name);
    vault.memory.put(key, content);
    List<Instant> times = changes.stream().map(change -> at(change.second())).sorted().toList();
    return new ChangeFile(
        key,
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        changes.size(),
        times.get(0),
        times.get(times.size() - 1));
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(content)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content.toByteArray();
  }

  MomentPlanner planner() {
    return new MomentPlanner(vault.memory, vault.vault.catalog(), () -> at(1_000_000));
  }

  public MomentPlan plan(double second) {
    MomentPlanner planner = planner();
    return planner.plan(planner.windows("orders"), at(second), Set.of());
  }

  /** The items at every second of a span, with its ends. */
  public Map<Integer, List<String>> itemsAt(int first, int last) throws InterruptedException {
    MomentPlanner planner = planner();
    RecoveryWindows windows = planner.windows("orders");
    Map<Integer, List<String>> items = new TreeMap<>();
    for (int second = first; second <= last; second++) {
      items.put(second, items(planner.plan(windows, at(second), Set.of())));
    }
    return items;
  }

  /** The items at a second, sorted. */
  public List<String> itemsAt(double second) throws InterruptedException {
    return items(plan(second));
  }

  List<String> items(MomentPlan plan) throws InterruptedException {
    List<String> items = new ArrayList<>();
    try (ItemContent content = plan.open(vault.memory)) {
      content.requireFiles();
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) -> items.add(new String(json, offset, length, UTF_8)));
      }
      if (content.itemCount() < items.size()) {
        throw new AssertionError("more items than it says: " + items.size());
      }
    }
    items.sort(null);
    return items;
  }
}
