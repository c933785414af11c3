// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.ondemand.BackupInfo;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Json;
import java.util.Locale;
import java.util.Optional;

/** Backups in words and as JSON. */
final class BackupText {
  private BackupText() {}

  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String size(BackupInfo backup) {
    return backup.sizeBytes().isPresent()
        ? ByteSize.text(backup.sizeBytes().getAsLong())
        : "unknown";
  }

  static String recorded(Optional<Boolean> recorded) {
    return recorded.map(yes -> yes ? "yes" : "no").orElse("-");
  }

  static ObjectNode json(BackupInfo backup, Optional<Boolean> recorded) {
    ObjectNode json =
        Json.object()
            .put("backupArn", backup.arn().text())
            .put("backupName", backup.name())
            .put("tableName", backup.tableName())
            .put("created", Json.time(backup.created()))
            .put("status", backup.status().name())
            .put("type", backup.type().name());
    if (!backup.tableId().isEmpty()) {
      json.put("tableId", backup.tableId());
    }
    backup.expires().ifPresent(time -> json.put("expires", Json.time(time)));
    backup.sizeBytes().ifPresent(bytes -> json.put("sizeBytes", bytes));
    backup.itemCount().ifPresent(items -> json.put("itemCount", items));
    recorded.ifPresent(yes -> json.put("recorded", yes.booleanValue()));
    return json;
  }
}
