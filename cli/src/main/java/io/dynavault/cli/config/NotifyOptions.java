// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static io.dynavault.cli.config.ConfigOption.option;
import static io.dynavault.cli.config.OptionGroup.NOTIFY;

import io.dynavault.aws.notify.SnsFormat;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.webhook.WebhookKind;
import io.dynavault.mail.EmailConfig;
import java.net.URI;
import java.util.List;

/** The settings of notifications and metrics, which are of an installation and not of a run. */
public final class NotifyOptions {
  private static final String NO_FLAG = "";

  public static final ConfigOption<List<Result>> ON =
      option(
          NOTIFY,
          "notify.on",
          NO_FLAG,
          ValueType.constants(Result.class),
          "failure,partial",
          "outcomes that are told");
  public static final ConfigOption<String> SNS_TOPIC_ARN =
      option(
          NOTIFY,
          "notify.sns.topic-arn",
          NO_FLAG,
          ValueType.topicArn(),
          "",
          "topic of Amazon SNS to publish to, in its own region");
  public static final ConfigOption<SnsFormat> SNS_FORMAT =
      option(
          NOTIFY,
          "notify.sns.format",
          NO_FLAG,
          ValueType.constant(SnsFormat.class),
          "text",
          "what is published: text for people or JSON for programs");
  public static final ConfigOption<URI> WEBHOOK_URL =
      option(
          NOTIFY,
          "notify.webhook.url",
          NO_FLAG,
          ValueType.secretUrl(),
          "",
          "webhook to post to; only its host is ever shown");
  public static final ConfigOption<WebhookKind> WEBHOOK_KIND =
      option(
          NOTIFY,
          "notify.webhook.kind",
          NO_FLAG,
          ValueType.constant(WebhookKind.class),
          "",
          "who receives it; without it as its host tells: Slack, Teams, or a program");
  public static final ConfigOption<String> EMAIL_HOST =
      option(
          NOTIFY,
          "notify.email.host",
          NO_FLAG,
          ValueType.text("HOST"),
          "",
          "mail server to send e-mail through, by SMTP");
  public static final ConfigOption<Integer> EMAIL_PORT =
      option(
          NOTIFY,
          "notify.email.port",
          NO_FLAG,
          ValueType.integer(1, 65_535),
          "",
          "its port; without it 587, with tls 465, with none 25");
  public static final ConfigOption<EmailConfig.Encryption> EMAIL_ENCRYPTION =
      option(
          NOTIFY,
          "notify.email.encryption",
          NO_FLAG,
          ValueType.constant(EmailConfig.Encryption.class),
          "starttls",
          "how the connection is encrypted; none takes no password");
  public static final ConfigOption<String> EMAIL_USER =
      option(
          NOTIFY,
          "notify.email.user",
          NO_FLAG,
          ValueType.text("NAME"),
          "",
          "user of the mail server, where it wants one");
  public static final ConfigOption<String> EMAIL_PASSWORD =
      option(
          NOTIFY, "notify.email.password", NO_FLAG, ValueType.secret(), "", "the user's password");
  public static final ConfigOption<String> EMAIL_FROM =
      option(
          NOTIFY,
          "notify.email.from",
          NO_FLAG,
          ValueType.text("ADDRESS"),
          "",
          "who sends the e-mail");
  public static final ConfigOption<List<String>> EMAIL_TO =
      option(NOTIFY, "notify.email.to", NO_FLAG, ValueType.texts("ADDRESS"), "", "who receives it");
  public static final ConfigOption<String> METRICS_FILE =
      option(
          NOTIFY,
          "metrics.emf-file",
          "--metrics-file",
          ValueType.text("FILE"),
          "",
          "file to append metrics to, as lines in CloudWatch's embedded metric format");
  public static final ConfigOption<String> METRICS_ENVIRONMENT =
      option(
          NOTIFY,
          "metrics.environment",
          NO_FLAG,
          ValueType.text("NAME"),
          "",
          "value of the dimension Environment of metrics, such as prod");

  static final List<ConfigOption<?>> ALL =
      List.of(
          ON,
          SNS_TOPIC_ARN,
          SNS_FORMAT,
          WEBHOOK_URL,
          WEBHOOK_KIND,
          EMAIL_HOST,
          EMAIL_PORT,
          EMAIL_ENCRYPTION,
          EMAIL_USER,
          EMAIL_PASSWORD,
          EMAIL_FROM,
          EMAIL_TO,
          METRICS_FILE,
          METRICS_ENVIRONMENT);

  private NotifyOptions() {}
}
