// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.duplicate.KeyHashSpool;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemDecision;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Sees that every item has a key of the target table, and that no two that are written have the
 * same one: one of them would silently replace the other. A recovery point has the keys of its
 * table; an export without a record has those that somebody names, and a sort key is easily
 * forgotten. So is what a transformation makes of keys.
 */
final class UniqueKeys {
  /** Hashes whose items are looked for; chance alone makes none in a table of a billion items. */
  private static final int MAX_HASHES = 10_000;

  private final RestoreRequest request;
  private final ItemContent content;
  private final KeyReader keys;
  private final ItemSelection selection;
  private final Optional<UnaryOperator<Item>> transform;
  private final RunContext context;

  UniqueKeys(RestoreRequest request, KeyReader keys, RunContext context) {
    this.request = requireNonNull(request, "request is null");
    this.content = request.content();
    this.keys = requireNonNull(keys, "keys is null");
    this.selection = request.options().selection();
    this.transform = request.options().transform();
    this.context = requireNonNull(context, "context is null");
  }

  /** Whether the items have to be read, because nothing says that their keys are unique. */
  boolean areInDoubt() throws InterruptedException {
    return content.recoveryPoint().isEmpty() || transformChangesKeys();
  }

  /**
   * Reads all items, which verifies the files, too; those of repeated hashes are read once more.
   *
   * @throws DynavaultException {@code KEY_SCHEMA_MISMATCH}
   */
  void require() throws InterruptedException {
    context.progress().begin("checking the keys", content.itemCount(), 0);
    Set<Long> hashes = repeatedHashes();
    if (hashes.isEmpty()) {
      return;
    }
    Map<ItemKey, Long> counts = new ConcurrentHashMap<>();
    readKeys(
        () ->
            key -> {
              if (hashes.contains(KeyHash.of(key))) {
                counts.merge(key, 1L, Long::sum);
              }
            });
    counts.values().removeIf(count -> count == 1);
    if (!counts.isEmpty()) {
      throw repeated(counts, hashes.size() > MAX_HASHES);
    }
  }

  /** Takes the keys of one file, in one thread. */
  @FunctionalInterface
  private interface Keys {
    void take(ItemKey key);

    default void end() {}
  }

  private Set<Long> repeatedHashes() throws InterruptedException {
    try (KeyHashSpool spool = new KeyHashSpool()) {
      readKeys(() -> new Hashes(spool));
      return spool.repeated(MAX_HASHES + 1);
    }
  }

  private void readKeys(Supplier<Keys> perFile) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ContentPart part : content.parts()) {
      tasks.add(
          () -> {
            Keys taken = perFile.get();
            part.read(
                (json, offset, length, size) ->
                    keyInTarget(json, offset, length).ifPresent(taken::take));
            taken.end();
            return true;
          });
    }
    new Parallel("keys", request.options().workers()).run(tasks);
  }

  /** The key that the item will have in the target; empty if it is left out. */
  private Optional<ItemKey> keyInTarget(byte[] json, int offset, int length) {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("the restore");
    }
    context.progress().add(1, length);
    ItemKey key = key(json, offset, length);
    if (selection.isEverything() && transform.isEmpty()) {
      return Optional.of(key);
    }
    Item item = DynamoDbJson.decode(json, offset, length);
    if (selection.decide(() -> key, () -> item) != ItemDecision.SELECTED) {
      return Optional.empty();
    }
    return Optional.of(transform.isPresent() ? changedKey(transform.get(), item) : key);
  }

  /** Rules change the same attributes of all items: the first item shows whether they are keys. */
  private boolean transformChangesKeys() throws InterruptedException {
    if (transform.isEmpty()) {
      return false;
    }
    AtomicBoolean changes = new AtomicBoolean();
    content.readFirst(
        (json, offset, length, size) -> {
          Item item = DynamoDbJson.decode(json, offset, length);
          changes.set(!changedKey(transform.get(), item).equals(keys.read(item)));
        });
    return changes.get();
  }

  private ItemKey key(byte[] json, int offset, int length) {
    try {
      return keys.read(json, offset, length);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.KEY_SCHEMA_MISMATCH,
          "unable to restore to table '%s': its key does not fit the items of '%s': %s"
              .formatted(tableName(), content.name(), e.getMessage()),
          "correct --key-schema, or restore into a table with the keys of these items",
          e);
    }
  }

  private ItemKey changedKey(UnaryOperator<Item> change, Item item) {
    try {
      return keys.read(change.apply(item));
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.KEY_SCHEMA_MISMATCH,
          "unable to restore to table '%s': an item of '%s' has no key of it once it is changed: %s"
              .formatted(tableName(), content.name(), e.getMessage()),
          "leave the key attributes as they are",
          e);
    }
  }

  private DynavaultException repeated(Map<ItemKey, Long> counts, boolean more) {
    String example =
        counts.keySet().stream().map(keys::display).min(String::compareTo).orElseThrow();
    long items = counts.values().stream().mapToLong(Long::longValue).sum();
    return new DynavaultException(
        ErrorCode.KEY_SCHEMA_MISMATCH,
        "unable to restore to table '%s': %s%d items of '%s' share their key with another one and"
                .formatted(tableName(), more ? "more than " : "", items, content.name())
            + " would replace each other, such as those of "
            + example,
        hint());
  }

  private String hint() {
    if (transform.isPresent()) {
      return "leave the key attributes as they are, or correct the key of the table";
    }
    return keys.schema().sortKey().isEmpty()
        ? "name the sort key, too, such as --key-schema pk:S,sk:N; or restore into a table that has"
            + " one"
        : "correct --key-schema, or restore into a table with the keys of these items";
  }

  private String tableName() {
    return request.target().table().tableName();
  }

  /** Puts the hashes of keys into the spool, many at a time. */
  private static final class Hashes implements Keys {
    private final KeyHashSpool spool;
    private final long[] batch = new long[1024];
    private int count;

    Hashes(KeyHashSpool spool) {
      this.spool = spool;
    }

    @Override
    public void take(ItemKey key) {
      batch[count++] = KeyHash.of(key);
      if (count == batch.length) {
        end();
      }
    }

    @Override
    public void end() {
      spool.add(batch, count);
      count = 0;
    }
  }
}
