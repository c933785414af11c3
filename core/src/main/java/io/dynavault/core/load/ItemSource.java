// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.CsvFormat;
import io.dynavault.format.item.CsvItemReader;
import io.dynavault.format.item.DynamoDbJsonReader;
import io.dynavault.format.item.IonItemReader;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemReader;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.PlainJsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the items of files in the format of a request. Safe for several threads. */
final class ItemSource {
  private final TableDefinition table;
  private final LoadOptions options;
  private final RunContext context;

  /** Takes the items of one file, one after the other. */
  interface Consumer {
    /**
     * @param place file and line or item
     */
    void item(Item item, String place) throws InterruptedException;
  }

  ItemSource(LoadRequest request, RunContext context) {
    this.table = request.table();
    this.options = request.options();
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Reads all items of a file.
   *
   * @throws FormatException where it holds anything else
   */
  void read(LoadSource source, Consumer consumer) throws InterruptedException {
    try (InputStream in = source.open();
        ItemReader reader = reader(in)) {
      for (Optional<Item> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (context.stop().isRequested()) {
          throw context.stop().interrupted("the import");
        }
        consumer.item(next.get(), source.name() + ", " + reader.place());
      }
    } catch (IOException e) {
      throw source.failed(e);
    }
  }

  private ItemReader reader(InputStream in) throws IOException {
    return switch (options.format()) {
      case CSV -> new CsvItemReader(in, csvFormat());
      case JSON -> new PlainJsonReader(in);
      case DYNAMODB_JSON -> new DynamoDbJsonReader(in);
      case ION -> new IonItemReader(in);
    };
  }

  /** As with ImportTable, the columns of keys have the keys' types and all others are text. */
  private CsvFormat csvFormat() {
    CsvFormat format =
        CsvFormat.of(
                table.attributeDefinitions().stream()
                    .collect(Collectors.toMap(KeyAttribute::name, KeyAttribute::type)))
            .withDelimiter(options.delimiter());
    return options.header().map(format::withHeader).orElse(format);
  }
}
