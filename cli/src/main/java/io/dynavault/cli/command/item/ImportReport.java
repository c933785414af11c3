// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Printable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names items that cannot be or were not imported: to programs all of them, to people the first.
 * Safe for several threads.
 */
final class ImportReport {
  private static final int SHOWN = 20;

  private final Output output;
  private final String tableName;
  private final AtomicLong count = new AtomicLong();

  ImportReport(Output output, String tableName) {
    this.output = output;
    this.tableName = tableName;
  }

  /** An item of a file that no table like this takes. */
  void invalid(String place, String reason) {
    print("invalid", "place", place, reason);
  }

  /** An item that the table has refused. */
  void failed(String key, String reason) {
    print("failed", "key", key, reason);
  }

  /** Says how many there are beside those that were named. */
  void printRest() {
    long more = count.get() - SHOWN;
    if (more > 0 && !output.isJson()) {
      output.error("... and %s more; --json lists all".formatted(Counts.text(more)));
    }
  }

  private void print(String kind, String field, String subject, String reason) {
    output.event(
        MessageType.ERROR,
        Json.object().put("tableName", tableName).put(field, subject).put("message", reason));
    if (count.incrementAndGet() <= SHOWN && !output.isJson()) {
      output.error(Printable.escape(kind + ": " + subject + ": " + reason));
    }
  }
}
