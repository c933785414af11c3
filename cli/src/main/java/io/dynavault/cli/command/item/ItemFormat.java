// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.format.item.CsvItemWriter;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.PlainJson;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How items are printed. */
public enum ItemFormat {
  DYNAMODB_JSON {
    @Override
    public ItemPrinter printer(OutputStream out, List<String> columns) {
      return new DynamoDbJsonPrinter(out);
    }
  },
  JSON {
    @Override
    public ItemPrinter printer(OutputStream out, List<String> columns) {
      return new PlainJsonPrinter(out);
    }
  },
  CSV {
    @Override
    public ItemPrinter printer(OutputStream out, List<String> columns) {
      return new CsvPrinter(out, columns);
    }
  };

  /**
   * A printer to a stream that stays open.
   *
   * @param columns for CSV
   */
  public abstract ItemPrinter printer(OutputStream out, List<String> columns);

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private record DynamoDbJsonPrinter(OutputStream out) implements ItemPrinter {
    private static final byte[] HEAD = "{\"Item\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "}\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void print(byte[] json, int offset, int length) throws IOException {
      out.write(HEAD);
      out.write(json, offset, length);
      out.write(TAIL);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  private record PlainJsonPrinter(OutputStream out) implements ItemPrinter {
    @Override
    public void print(byte[] json, int offset, int length) throws IOException {
      out.write(PlainJson.encode(ItemStream.decode(json, offset, length)));
      out.write('\n');
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  private static final class CsvPrinter implements ItemPrinter {
    private final CsvItemWriter writer;

    CsvPrinter(OutputStream out, List<String> columns) {
      this.writer = new CsvItemWriter(new KeptOpen(out), ',', columns);
    }

    @Override
    public void print(byte[] json, int offset, int length) throws IOException {
      Item item = ItemStream.decode(json, offset, length);
      writer.write(item);
    }

    @Override
    public Set<String> omittedAttributes() {
      return writer.omittedAttributes();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  /** Standard output is the process's, not the writer's to close. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
