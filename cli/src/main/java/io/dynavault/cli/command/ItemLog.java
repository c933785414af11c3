// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Page;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items that are worth naming: that could not be written, or that differ. Programs get every one of
 * them at once as a JSON line, people the first of each table at the end, and a file, where there
 * is one, all of them. Safe for several threads.
 */
public final class ItemLog implements AutoCloseable {
  private static final int SHOWN = 20;

  private final Output output;
  private final Optional<PrintStream> file;
  private final Map<String, Listed> tables = new HashMap<>();

  private static final class Listed {
    private final List<String> first = new ArrayList<>();
    private long count;
  }

  private ItemLog(Output output, Optional<PrintStream> file) {
    this.output = requireNonNull(output, "output is null");
    this.file = requireNonNull(file, "file is null");
  }

  /** Without a file. */
  public static ItemLog to(Output output) {
    return new ItemLog(output, Optional.empty());
  }

  /**
   * With a file of JSON lines, which is replaced if it exists.
   *
   * @throws DynavaultException {@code STORE_FAILED} if it cannot be written
   */
  public static ItemLog to(Output output, Path file) {
    try {
      PrintStream stream =
          new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
      return new ItemLog(output, Optional.of(stream));
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to write the list of items to '" + file + "'",
          "name a file in a folder that exists and is writable",
          e);
    }
  }

  /**
   * Adds an item.
   *
   * @param line for people, with the item's key
   * @param fields for programs
   */
  public synchronized void add(String tableName, String line, ObjectNode fields) {
    Listed listed = tables.computeIfAbsent(tableName, name -> new Listed());
    listed.count++;
    if (listed.first.size() < SHOWN) {
      listed.first.add(line);
    }
    output.event(MessageType.ITEM, fields);
    file.ifPresent(stream -> stream.println(Json.line(fields)));
  }

  /** Shows people the first items of a table, and how many more there are. */
  public synchronized void print(Page page, String tableName) {
    if (output.isJson()) {
      return;
    }
    Listed listed = tables.getOrDefault(tableName, new Listed());
    listed.first.forEach(page::line);
    if (listed.count > listed.first.size()) {
      page.line(
          "... and %s more; --json lists all", Counts.text(listed.count - listed.first.size()));
    }
  }

  /**
   * Ends the file.
   *
   * @throws DynavaultException {@code STORE_FAILED} if not all of it could be written
   */
  @Override
  public synchronized void close() {
    if (file.isPresent()) {
      boolean failed = file.get().checkError();
      file.get().close();
      if (failed) {
        throw new DynavaultException(
            ErrorCode.STORE_FAILED, "unable to write the list of items: the disk may be full");
      }
    }
  }
}
