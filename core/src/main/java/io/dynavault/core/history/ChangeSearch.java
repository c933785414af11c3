// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.temporary.ExternalSort;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileReader;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Looks for changes of a table in its chains, and hands them out by time and then by sequence
 * number, which for each key is their order. Files are verified before a change of theirs is handed
 * out. Memory is bounded: what has been found is sorted in temporary files where it is much.
 */
public final class ChangeSearch {
  private final ObjectStore store;
  private final List<ChainLog> chains;
  private final int workers;
  private final RunContext context;

  private ChangeSearch(ObjectStore store, List<ChainLog> chains, int workers, RunContext context) {
    this.store = requireNonNull(store, "store is null");
    this.chains = List.copyOf(chains);
    this.workers = workers;
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * A search in all chains of a table.
   *
   * @param store the vault's
   * @param workers files read at the same time
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if the table has no chain
   */
  public static ChangeSearch in(ObjectStore store, String table, int workers, RunContext context) {
    List<ChainLog> chains = new ContinuousBackups(store).chains(table);
    if (chains.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to find changes of table '%s': the vault has no continuous backup of it"
              .formatted(table),
          "begin one with: dynavault continuous start " + table);
    }
    return new ChangeSearch(store, chains, workers, context);
  }

  /**
   * The same search in the chains that had begun before a time: the table may have been created
   * anew since, with another key.
   */
  public ChangeSearch before(Instant time) {
    List<ChainLog> begun =
        chains.stream().filter(chain -> ChainSlices.begin(chain).isBefore(time)).toList();
    return begun.isEmpty() ? this : new ChangeSearch(store, begun, workers, context);
  }

  /** The key of the table, of its newest chain. */
  public KeySchema keySchema() {
    return chains.get(chains.size() - 1).chain().table().keySchema();
  }

  /**
   * Hands out the changes of a query in order.
   *
   * @throws DynavaultException {@code DAMAGED} where a commit or a file is not whole; nothing has
   *     been handed out then
   */
  public ChangeSearchResult run(ChangeQuery query, ChangeConsumer consumer)
      throws InterruptedException {
    try (ExternalSort sort = new ExternalSort("sort changes", ExternalSort.MEMORY)) {
      ChangeSearchResult result =
          read(query, change -> sort.add(change.sortKey(), change.content(query.images())));
      sort.read((key, value) -> consumer.change(ChangeOrder.change(key, value)));
      return result;
    }
  }

  /**
   * Hands out the keys that the changes of a query have, each once, in the order of keys.
   *
   * @throws DynavaultException {@code DAMAGED} as {@link #run}
   */
  public ChangeSearchResult keys(ChangeQuery query, KeyConsumer consumer)
      throws InterruptedException {
    KeyReader keys = new KeyReader(keySchema());
    try (ExternalSort sort = new ExternalSort("sort keys", ExternalSort.MEMORY)) {
      ChangeSearchResult result =
          read(
              query,
              change -> {
                ItemKey key = change.key(keys);
                sort.add(KeyOrder.bytes(key), DynamoDbJson.encode(keys.attributes(key)));
              });
      byte[][] last = {{}};
      sort.read(
          (order, json) -> {
            boolean known = Arrays.equals(order, last[0]);
            last[0] = order;
            return known || consumer.key(keys.read(json, 0, json.length));
          });
      return result;
    }
  }

  /**
   * Counts the changes of a query.
   *
   * @throws DynavaultException {@code DAMAGED} where a commit or a file is not whole
   */
  public ChangeSearchResult count(ChangeQuery query) throws InterruptedException {
    return read(query, change -> {});
  }

  /** Takes keys one by one. */
  @FunctionalInterface
  public interface KeyConsumer {
    /** Returns whether to go on. */
    boolean key(ItemKey key) throws InterruptedException;
  }

  /** Takes a change while a reader stands at it; called by several threads. */
  private interface Found {
    void add(FoundChange change);
  }

  private ChangeSearchResult read(ChangeQuery query, Found found) throws InterruptedException {
    context.progress().begin("reading changes", 0, 0);
    ChainSlices slices =
        ChainSlices.of(chains, keySchema(), query, context.timing().clock().instant());
    KeyReader keys = new KeyReader(keySchema());
    ChangeCounts counts = ChangeCounts.NONE;
    for (ChainSlice slice : slices.slices()) {
      FileSearch search = new FileSearch(slice);
      List<ChangeFile> files = search.nextBatch();
      while (!files.isEmpty()) {
        List<Callable<ChangeCounts>> tasks = new ArrayList<>();
        for (ChangeFile file : files) {
          tasks.add(() -> read(file, new ChangeMatch(slice, query.selection(), keys), found));
        }
        for (ChangeCounts read : new Parallel("changes", workers).run(tasks)) {
          counts = counts.plus(read);
        }
        files = search.nextBatch();
      }
    }
    return new ChangeSearchResult(counts, slices.unknown(), slices.otherKey(), slices.completeTo());
  }

  private ChangeCounts read(ChangeFile file, ChangeMatch match, Found found) {
    ChangeCounts counts = ChangeCounts.NONE;
    try (ObjectDownload stored = store.read(file.key());
        ChangeFileReader reader =
            ChangeFileReader.open(stored, file.key(), file.changes(), file.checksum().value())) {
      FoundChange change = new FoundChange(reader);
      while (reader.next()) {
        if (context.stop().isRequested()) {
          throw context.stop().interrupted("reading changes");
        }
        context.progress().add(1, change.bytes());
        if (match.matches(change)) {
          found.add(change);
          counts = counts.plus(change.count());
        }
      }
      return counts;
    } catch (FormatException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw damaged("unable to read change file '%s': %s".formatted(file.key(), e.getMessage()), e);
    } catch (DynavaultException e) {
      throw e.code() == ErrorCode.OBJECT_NOT_FOUND
          ? damaged("unable to read change file '%s': it is missing".formatted(file.key()), e)
          : e;
    }
  }

  private static DynavaultException damaged(String message, Exception cause) {
    return new DynavaultException(
        ErrorCode.DAMAGED,
        message,
        "put the file back from a copy of the vault; give a span without its changes; see what is"
            + " affected with: dynavault verify",
        cause);
  }
}
