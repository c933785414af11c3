// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.NotificationJson;
import java.net.URI;
import java.util.Locale;

/** Who receives a webhook, which decides what it is sent. */
public enum WebhookKind {
  /** Slack, and what takes the same, such as Mattermost. */
  SLACK,
  /** A workflow of Microsoft Teams that posts a card. */
  TEAMS,
  /** A program. */
  JSON;

  JsonNode message(Notification notification) {
    return switch (this) {
      case SLACK -> SlackMessage.of(notification);
      case TEAMS -> TeamsMessage.of(notification);
      case JSON -> NotificationJson.of(notification);
    };
  }

  /** The kind that the host of an address tells; JSON where it tells none. */
  public static WebhookKind of(URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    if (host.equals("hooks.slack.com")) {
      return SLACK;
    }
    return host.endsWith(".logic.azure.com")
            || host.endsWith(".powerplatform.com")
            || host.endsWith(".webhook.office.com")
        ? TEAMS
        : JSON;
  }
}
