// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tells a table from the next one of the same name. */
public final class TableIncarnation {
  private TableIncarnation() {}

  /**
   * The id that DynamoDB gives. Other servers give none: there the time of creation tells one
   * incarnation from the next just as well, in the form of an id, which an export's manifest wants.
   *
   * @return empty if nothing tells it
   */
  public static String id(
      @Nullable String tableId, @Nullable String tableArn, @Nullable Instant created) {
    if (tableId != null && !tableId.isEmpty()) {
      return tableId;
    }
    if (created == null) {
      return "";
    }
    String incarnation = tableArn + " " + created;
    return UUID.nameUUIDFromBytes(incarnation.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
