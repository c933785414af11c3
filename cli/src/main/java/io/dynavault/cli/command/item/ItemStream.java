// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemConsumer;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemDecision;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** The chosen items of an export, file by file. */
public final class ItemStream {
  private static final int ITEMS_BETWEEN_LOOKS = 1000;

  private final ItemContent content;
  private final Optional<KeyReader> keys;
  private final ItemSelection selection;

  public ItemStream(ItemContent content, Optional<KeySchema> schema, ItemSelection selection) {
    this.content = content;
    this.keys = schema.map(KeyReader::new);
    this.selection = selection;
  }

  /** The names of all attributes: those of the key first, then in the order of the alphabet. */
  List<String> attributeNames(Optional<KeySchema> schema) throws InterruptedException {
    Set<String> names = new LinkedHashSet<>();
    schema.ifPresent(
        key -> {
          names.add(key.partitionKey().name());
          key.sortKey().ifPresent(sort -> names.add(sort.name()));
        });
    Set<String> others = new TreeSet<>();
    each(
        (json, offset, length, size) ->
            others.addAll(decode(json, offset, length).attributes().keySet()));
    names.addAll(others);
    return List.copyOf(names);
  }

  /**
   * Prints the items.
   *
   * @param readerIsGone asked now and then whether to end
   */
  public void print(ItemPrinter printer, long limit, BooleanSupplier readerIsGone)
      throws IOException, InterruptedException {
    long[] printed = {0};
    try {
      each(
          (json, offset, length, size) -> {
            boolean look = printed[0] % ITEMS_BETWEEN_LOOKS == 0;
            if (printed[0] >= limit || (look && readerIsGone.getAsBoolean())) {
              throw new EnoughException();
            }
            print(printer, json, offset, length);
            printed[0]++;
          });
    } catch (EnoughException e) {
      // the rest is not wanted
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void print(ItemPrinter printer, byte[] json, int offset, int length) {
    try {
      printer.print(json, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void each(ItemConsumer consumer) throws InterruptedException {
    for (ContentPart part : content.parts()) {
      part.read(
          (json, offset, length, size) -> {
            if (Thread.interrupted()) {
              throw new InterruptedException();
            }
            if (isChosen(json, offset, length)) {
              consumer.item(json, offset, length, size);
            }
          });
    }
  }

  private boolean isChosen(byte[] json, int offset, int length) {
    return selection.isEverything()
        || selection.decide(() -> key(json, offset, length), () -> decode(json, offset, length))
            == ItemDecision.SELECTED;
  }

  private ItemKey key(byte[] json, int offset, int length) {
    return keys.orElseThrow(() -> new IllegalStateException("no key schema"))
        .read(json, offset, length);
  }

  static Item decode(byte[] json, int offset, int length) {
    try {
      return DynamoDbJson.decode(json, offset, length);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED, "unable to read an item: " + e.getMessage(), e);
    }
  }

  /** Ends the reading of a file before its end. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnoughException() {
      super(null, null, false, false);
    }
  }
}
