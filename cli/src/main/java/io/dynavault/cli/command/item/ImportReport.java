// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Printable;

/** Names items that cannot be or were not imported. Safe for several threads. */
final class ImportReport {
  private final Output output;
  private final String tableName;

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

  private void print(String kind, String field, String subject, String reason) {
    output.event(
        MessageType.ERROR,
        Json.object().put("tableName", tableName).put(field, subject).put("message", reason));
    if (!output.isJson()) {
      output.error(Printable.escape(kind + ": " + subject + ": " + reason));
    }
  }
}
