// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.NotificationText;

/**
 * A message for Slack's incoming webhooks (Slack API, "Sending messages using incoming webhooks"
 * and "Block Kit"): a text for notifications, and blocks of plain text, in which names and messages
 * from outside are neither formatted nor mention anybody.
 */
final class SlackMessage {
  /** A section holds 3,000 characters, a message 50 blocks. */
  private static final int SECTION = 2_900;

  private static final int SECTIONS = 20;

  private SlackMessage() {}

  static ObjectNode of(Notification notification) {
    NotificationText text = new NotificationText(notification);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("text", escaped(text.subject()));
    ArrayNode blocks = message.putArray("blocks");
    blocks.addObject().put("type", "header").set("text", plain(text.subject()));
    for (String section : TextBlocks.of(text.lines(), SECTION, SECTIONS)) {
      blocks.addObject().put("type", "section").set("text", plain(section));
    }
    return message;
  }

  private static ObjectNode plain(String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "plain_text")
        .put("text", text)
        .put("emoji", false);
  }

  /** Outside of blocks these three characters are markup. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
