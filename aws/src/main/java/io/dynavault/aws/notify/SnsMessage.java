// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.NotificationJson;
import io.dynavault.core.notify.NotificationText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A notification that a topic takes: at most 256 KB of UTF-8 (Amazon SNS API Reference, "Publish"),
 * some of which are left for what surrounds it. What does not fit is left out, and it says so.
 */
final class SnsMessage {
  static final int MOST_BYTES = 250_000;

  private static final String SHORTENED = "... (shortened)\n";

  private SnsMessage() {}

  static String of(Notification notification, SnsFormat format) {
    return format == SnsFormat.TEXT ? text(notification) : json(notification);
  }

  private static String text(Notification notification) {
    String body = new NotificationText(notification).body();
    if (size(body) <= MOST_BYTES) {
      return body;
    }
    StringBuilder fitting = new StringBuilder();
    int bytes = SHORTENED.length();
    for (String line : body.lines().toList()) {
      String cut = line.length() <= 10_000 ? line : line.substring(0, 10_000) + "...";
      bytes += size(cut) + 1;
      if (bytes > MOST_BYTES) {
        break;
      }
      fitting.append(cut).append('\n');
    }
    return fitting.append(SHORTENED).toString();
  }

  /** Tables that failed stand first and stay. */
  private static String json(Notification notification) {
    ObjectNode json = NotificationJson.of(notification);
    String whole = json.toString();
    if (size(whole) <= MOST_BYTES) {
      return whole;
    }
    ArrayNode tables = (ArrayNode) json.path("tables");
    List<Integer> sizes = new ArrayList<>();
    tables.forEach(table -> sizes.add(size(table.toString()) + 1));
    int bytes = size(whole) + 100;
    int kept = tables.size();
    while (kept > 0 && bytes > MOST_BYTES) {
      bytes -= sizes.get(--kept);
    }
    int leftOut = tables.size() - kept;
    while (tables.size() > kept) {
      tables.remove(tables.size() - 1);
    }
    return json.put("tablesLeftOut", leftOut).toString();
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
