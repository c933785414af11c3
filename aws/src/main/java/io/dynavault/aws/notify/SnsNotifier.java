// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.notify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.NotificationText;
import io.dynavault.core.notify.Notifier;
import io.dynavault.core.transport.SdkErrors;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Publishes notifications to a topic. The attributes {@code operation} and {@code outcome} let
 * subscriptions choose by filter policies. The client retries what may pass.
 */
public final class SnsNotifier implements Notifier {
  private final SnsClient client;
  private final String topicArn;
  private final SnsFormat format;

  /**
   * @param client of the topic's region
   */
  public SnsNotifier(SnsClient client, String topicArn, SnsFormat format) {
    this.client = requireNonNull(client, "client is null");
    this.topicArn = requireNonNull(topicArn, "topicArn is null");
    this.format = requireNonNull(format, "format is null");
  }

  @Override
  public String kind() {
    return "sns";
  }

  @Override
  public String destination() {
    return topicArn;
  }

  @Override
  public void send(Notification notification) {
    PublishRequest request = request(notification);
    try {
      SdkErrors.call("sns:Publish", () -> client.publish(request));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      throw new DynavaultException(
          ErrorCode.NOTIFICATION_FAILED,
          "unable to notify topic '%s': %s".formatted(topicArn, e.getMessage()),
          e.hint(),
          e);
    }
  }

  private PublishRequest request(Notification notification) {
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(topicArn)
            .subject(new NotificationText(notification).subject())
            .message(SnsMessage.of(notification, format))
            .messageAttributes(
                Map.of(
                    "operation", attribute(notification.operation().name()),
                    "outcome", attribute(notification.outcome().name())));
    if (topicArn.endsWith(".fifo")) {
      request
          .messageGroupId("dynavault")
          .messageDeduplicationId(
              "%s-%d-%08x"
                  .formatted(
                      notification.operation(),
                      notification.started().toEpochMilli(),
                      notification.hashCode()));
    }
    return request.build();
  }

  private static MessageAttributeValue attribute(String text) {
    return MessageAttributeValue.builder().dataType("String").stringValue(text).build();
  }
}
