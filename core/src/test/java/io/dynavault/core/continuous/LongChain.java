// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StreamDownload;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecordSeal;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.format.layout.ContinuousKeys;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * A store with a chain of as many commits as one wants, one every ten seconds with a file of one
 * change; the files of each hour have the same contents. They take no memory: each is made when
 * somebody reads it. What has been put is there as in any other store.
 */
public final class LongChain extends ForwardingStore {
  /** Commits, and files, of an hour. */
  public static final int PER_HOUR = 360;

  /** A whole hour. */
  public static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

  private static final String NUMBER = "\"number\":";

  private final Chain chain;
  private final ContinuousKeys keys;
  private final long commits;
  private final List<byte[]> contents;
  private final List<Checksum> checksums;
  private final String[] firstIndex;
  private final Map<Long, Optional<Commit>> others = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * @param contents of the files of an hour
   */
  public LongChain(ObjectStore store, long commits, List<byte[]> contents) {
    super(store);
    this.commits = commits;
    this.contents = List.copyOf(contents);
    this.checksums = contents.stream().map(Checksum.Algorithm.SHA256::of).toList();
    this.chain =
        new Chain(
            new RecoveryPointId("%014d-0000abcd".formatted(START.toEpochMilli())),
            TestingPoints.point("orders", START).table(),
            "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-02T00:00:00.000",
            START,
            Map.of(),
            "test");
    this.keys = chain.keys();
    String index = new String(index(0), UTF_8);
    this.firstIndex =
        (index.substring(0, index.lastIndexOf(",\"recordSha256\"")) + "}").split(NUMBER, -1);
    new ContinuousBackups(store).create(chain);
  }

  public ChainLog log() {
    return new ContinuousBackups(this).find("orders", chain.id()).orElseThrow();
  }

  /** Requests of any kind so far; a listing counts as one for each thousand objects. */
  public int requests() {
    return requests.get();
  }

  /** A commit, as it is read. */
  public Commit commit(long number) {
    return others.getOrDefault(number, Optional.of(made(number))).orElseThrow();
  }

  private Commit made(long number) {
    int place = (int) ((number - 1) % PER_HOUR);
    Instant time = start((number - 1) / PER_HOUR).plusSeconds(10L * place);
    ChangeFile file =
        new ChangeFile(
            keys.dataFile(time, "%026d.json.gz".formatted(place)),
            contents.get(place).length,
            checksums.get(place),
            1,
            time,
            time);
    return new Commit(
        chain.id(),
        number,
        time,
        1,
        time.plusSeconds(5),
        List.of(file),
        Map.of(),
        new ChangeCounts(0, 1, 0, 0),
        Optional.empty());
  }

  /** Has another commit be there instead, as no honest writer would do it. */
  public void replace(Commit commit) {
    others.put(commit.number(), Optional.of(commit));
  }

  /** Has a commit be gone, also from the index of its hour. */
  public void remove(long number) {
    others.put(number, Optional.empty());
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    requests.incrementAndGet();
    return content(key).map(content -> info(key, content)).or(() -> super.stat(key));
  }

  @Override
  public ObjectDownload read(String key) {
    requests.incrementAndGet();
    return content(key).map(content -> download(key, content)).orElseGet(() -> super.read(key));
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    AtomicInteger listed = new AtomicInteger();
    Consumer<ObjectInfo> counting =
        info -> {
          listed.incrementAndGet();
          consumer.accept(info);
        };
    if (prefix.equals(keys.hours())) {
      for (int hour = 0; hour < hours(); hour++) {
        counting.accept(info(keys.hour(start(hour)), new byte[1]));
      }
    } else if (prefix.equals(keys.commits())) {
      listCommits(1, commits, counting);
    } else if (prefix.startsWith(keys.commits())) {
      long thousand = Long.parseLong(name(prefix)) * 1000;
      listCommits(Math.max(1, thousand), Math.min(commits, thousand + 999), counting);
    } else if (prefix.startsWith(keys.data()) && prefix.length() > keys.data().length()) {
      for (int place = 0; place < PER_HOUR; place++) {
        counting.accept(info(prefix + "%026d.json.gz".formatted(place), contents.get(place)));
      }
    } else {
      super.list(prefix, counting);
    }
    requests.addAndGet(1 + listed.get() / 1000);
  }

  private void listCommits(long first, long last, Consumer<ObjectInfo> consumer) {
    LongStream.rangeClosed(first, last)
        .filter(number -> !isRemoved(number))
        .forEach(number -> consumer.accept(info(keys.commit(number), new byte[1])));
  }

  /** The last part of a prefix that ends with a slash. */
  private static String name(String prefix) {
    String folder = prefix.substring(0, prefix.length() - 1);
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  /** The hours that have an index: all but the last one. */
  private long hours() {
    return (commits - 1) / PER_HOUR;
  }

  private static Instant start(long hour) {
    return START.plus(hour, ChronoUnit.HOURS);
  }

  private Optional<byte[]> content(String key) {
    Optional<Instant> hour = keys.parseHour(key);
    if (hour.isPresent()) {
      long number = Duration.between(START, hour.get()).toHours();
      return number < 0 || number >= hours() ? Optional.empty() : Optional.of(index(number));
    }
    Optional<Long> number = keys.parseCommit(key);
    if (number.isPresent()) {
      boolean there = number.get() <= commits && !isRemoved(number.get());
      return there ? Optional.of(CommitParser.write(commit(number.get()))) : Optional.empty();
    }
    return keys.isDataFile(key) ? changes(key) : Optional.empty();
  }

  private boolean isRemoved(long number) {
    Optional<Commit> other = others.get(number);
    return other != null && other.isEmpty();
  }

  /** But for the hours and numbers that of the first hour, unless a commit is another one. */
  private byte[] index(long hour) {
    long first = hour * PER_HOUR + 1;
    boolean usual = hour > 0 && others.keySet().stream().noneMatch(n -> (n - 1) / PER_HOUR == hour);
    if (!usual) {
      List<Commit> indexed =
          LongStream.range(first, first + PER_HOUR)
              .filter(number -> !isRemoved(number))
              .mapToObj(this::commit)
              .toList();
      return CommitParser.writeHour(chain, start(hour), indexed);
    }
    StringBuilder index = new StringBuilder(firstIndex[0]);
    for (int i = 1; i < firstIndex.length; i++) {
      String rest = firstIndex[i];
      index.append(NUMBER).append(first + i - 1).append(rest, rest.indexOf(','), rest.length());
    }
    String name = ContinuousKeys.hourName(start(hour));
    String text = index.toString().replace(ContinuousKeys.hourName(START), name);
    return RecordSeal.seal(text.getBytes(UTF_8));
  }

  private Optional<byte[]> changes(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1, key.indexOf('.', keys.data().length()));
    return Optional.of(contents.get(Integer.parseInt(name)));
  }

  private static ObjectInfo info(String key, byte[] content) {
    return new ObjectInfo(key, content.length, START, "1");
  }

  private static ObjectDownload download(String key, byte[] content) {
    return new StreamDownload(
        info(key, content),
        new ByteArrayInputStream(content),
        content.length,
        e -> {
          throw new IllegalStateException("memory does not fail", e);
        });
  }
}
