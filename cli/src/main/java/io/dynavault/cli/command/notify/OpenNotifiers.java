// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.notify.SnsNotifier;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.NotifyOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Notifier;
import io.dynavault.core.notify.Notifiers;
import io.dynavault.core.notify.webhook.WebhookConfig;
import io.dynavault.core.notify.webhook.WebhookKind;
import io.dynavault.core.notify.webhook.WebhookNotifier;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.mail.EmailConfig;
import io.dynavault.mail.EmailConfig.Encryption;
import io.dynavault.mail.EmailConfig.Login;
import io.dynavault.mail.EmailNotifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The notifiers that the settings name. */
record OpenNotifiers(Notifiers notifiers, List<AwsClients> clients) implements AutoCloseable {
  OpenNotifiers {
    requireNonNull(notifiers, "notifiers is null");
    clients = List.copyOf(clients);
  }

  /**
   * Opens them.
   *
   * @throws DynavaultException {@code CONFIG_INVALID} where settings are missing or do not go
   *     together
   */
  static OpenNotifiers of(Session session) {
    Config config = session.config();
    Timing timing = session.context().timing();
    List<Notifier> all = new ArrayList<>();
    List<AwsClients> clients = new ArrayList<>();
    config
        .optional(NotifyOptions.WEBHOOK_URL)
        .ifPresent(
            url -> {
              WebhookKind kind =
                  config.optional(NotifyOptions.WEBHOOK_KIND).orElseGet(() -> WebhookKind.of(url));
              all.add(new WebhookNotifier(new WebhookConfig(url, kind), timing));
            });
    config
        .optional(NotifyOptions.EMAIL_HOST)
        .ifPresent(host -> all.add(new EmailNotifier(email(config, host), timing)));
    config
        .optional(NotifyOptions.SNS_TOPIC_ARN)
        .ifPresent(
            arn -> {
              AwsClients aws = AwsClients.of(endpoint(session.wiring().endpoint(), arn));
              clients.add(aws);
              all.add(new SnsNotifier(aws.sns(), arn, config.value(NotifyOptions.SNS_FORMAT)));
            });
    return new OpenNotifiers(
        new Notifiers(all, Set.copyOf(config.value(NotifyOptions.ON))), clients);
  }

  /** A topic is published to in its own region. */
  private static EndpointConfig endpoint(EndpointConfig tables, String topicArn) {
    return new EndpointConfig(
        Optional.of(topicArn.split(":", -1)[3]), tables.endpoint(), tables.profile());
  }

  private static EmailConfig email(Config config, String host) {
    Encryption encryption = config.value(NotifyOptions.EMAIL_ENCRYPTION);
    try {
      return new EmailConfig(
          host,
          config.optional(NotifyOptions.EMAIL_PORT).orElse(encryption.usualPort()),
          encryption,
          config
              .optional(NotifyOptions.EMAIL_USER)
              .map(user -> new Login(user, config.required(NotifyOptions.EMAIL_PASSWORD))),
          config.required(NotifyOptions.EMAIL_FROM),
          config.required(NotifyOptions.EMAIL_TO));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID, "invalid settings of e-mail: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    clients.forEach(AwsClients::close);
  }
}
