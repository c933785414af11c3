// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.output.Output;
import io.dynavault.core.vault.UnreadableRecord;
import java.util.List;

/** Records that exist and cannot be read: named, and told by the exit status. */
final class UnreadableRecords {

  private UnreadableRecords() {}

  static void warn(Output output, List<UnreadableRecord> unreadable) {
    unreadable.forEach(
        record ->
            output.warning(
                "recovery point '%s' of table '%s' cannot be read: %s"
                    .formatted(record.id(), record.tableName(), record.problem().getMessage())));
  }

  static ExitStatus status(List<UnreadableRecord> unreadable) {
    return unreadable.isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }
}
