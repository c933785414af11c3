// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.NotificationText;

/**
 * A message for a workflow of Microsoft Teams that posts what a webhook receives: an adaptive card
 * (Microsoft Learn, "Create incoming webhooks with Workflows for Microsoft Teams"). Text runs,
 * unlike text blocks, know no Markdown, so that names with underscores stay what they are.
 */
final class TeamsMessage {
  /** A message holds 28 KB; of UTF-8 a character can take four. */
  private static final int BLOCK = 1_000;

  private static final int BLOCKS = 6;

  private TeamsMessage() {}

  static ObjectNode of(Notification notification) {
    NotificationText text = new NotificationText(notification);
    ObjectNode card =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.2");
    ArrayNode body = card.putArray("body");
    body.add(block(text.subject(), "Bolder"));
    for (String part : TextBlocks.of(text.lines(), BLOCK, BLOCKS)) {
      body.add(block(part, "Default"));
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .putNull("contentUrl")
        .set("content", card);
    return message;
  }

  private static ObjectNode block(String text, String weight) {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "RichTextBlock");
    block
        .putArray("inlines")
        .addObject()
        .put("type", "TextRun")
        .put("text", text)
        .put("weight", weight);
    return block;
  }
}
